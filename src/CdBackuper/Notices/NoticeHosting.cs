using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Notices.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices;

/// <summary>Notices as a part of <c>watch</c>.</summary>
internal static class NoticeHosting
{
    /// <summary>Adds the desk, and what sends in the background; nothing where no target is set.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services, ArchiveRoot archive, Settings settings)
    {
        var targets = TargetList.Of(settings, TimeProvider.System);
        return targets.Count == 0 ? services : services
            .AddSingleton(provider => new NoticeDesk(
                archive, settings, targets, TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()))
            .AddHostedService<Sending>();
    }

    private sealed class Sending(NoticeDesk desk) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            desk.Start();
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken) => await desk.DisposeAsync();
    }
}
