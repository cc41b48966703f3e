using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Labels;
using CdBackuper.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

/// <summary>What the commands have in common that run until they are stopped.</summary>
internal static class LastingProcess
{
    /// <summary>How long it may take to end: drives are waited for 45 s. Kubernetes, systemd and compose wait 75 s.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <param name="settings">What it runs with.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="add">Adds what this command does.</param>
    public static IHost Build(Settings settings, ArchiveRoot archive, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "cdbackuper" });
        builder.Logging.AddCdBackuperLog(settings.LogAsJson, LogLevel.Information);
        builder.Services.AddSingleton(archive);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddHttp();
        builder.Services.AddHostedService<BotWatcher>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit);
        add(builder.Services);
        return builder.Build();
    }
}
