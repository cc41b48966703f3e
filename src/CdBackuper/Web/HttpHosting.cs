using CdBackuper.Drives;
using CdBackuper.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CdBackuper.Web;

/// <summary>What every process that stays has beside its work: HTTP, figures, and a word to systemd.</summary>
internal static class HttpHosting
{
    public static IServiceCollection AddHttp(this IServiceCollection services) => services
        .AddSingleton<Figures>()
        .AddSingleton<AttemptFigures>()
        .AddSingleton<DriveBoard>()
        .AddSingleton<ArchiveSurvey>()
        .AddSingleton<Gauges>()
        .AddSingleton<Endpoints>()
        .AddSingleton(provider =>
        {
            // Nobody asks the gauges but the meter; somebody has to make them.
            _ = provider.GetRequiredService<Gauges>();
            return ActivatorUtilities.CreateInstance<HttpServer>(provider);
        })
        .AddHostedService<SystemdNotice>();
}
