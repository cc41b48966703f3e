using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Labels;
using CdBackuper.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

/// <summary>What the commands have in common that run until they are stopped: HTTP, then the archive, then their work; and back.</summary>
internal static class LastingProcess
{
    /// <summary>How long it may take to end: drives are waited for 45 s. Kubernetes, systemd and compose wait 75 s.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <param name="settings">What it runs with.</param>
    /// <param name="archive">The archive, which is opened here.</param>
    /// <param name="add">Adds what this command does.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArchiveException">The archive can't be used.</exception>
    /// <exception cref="IOException">The address for HTTP that was chosen can't be had.</exception>
    public static int Run(Settings settings, ArchiveRoot archive, Action<IServiceCollection> add)
    {
        using var host = Build(settings, archive, add);
        RunAsync(host).GetAwaiter().GetResult();
        return ExitCodes.Success;
    }

    private static async Task RunAsync(IHost host)
    {
        var stop = host.Services.GetRequiredService<Interruption>().Token;
        var work = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        try
        {
            await host.Services.GetRequiredService<HttpServer>().OpenAsync(stop);
            await host.Services.GetRequiredService<ArchiveOpening>().RunAsync(stop);
            await host.RunAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before it had begun.
        }

        // The host ends where a part of it broke, and says no more than that.
        await Task.WhenAll(work.Select(part => part.ExecuteTask).OfType<Task>().Where(part => part.IsFaulted));
    }

    private static IHost Build(Settings settings, ArchiveRoot archive, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "cdbackuper" });
        builder.Logging.AddCdBackuperLog(settings.LogAsJson, LogLevel.Information);

        // What ends the host is thrown, and told once, for people.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(archive);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Interruption>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddSingleton<ArchiveOpening>();
        builder.Services.AddHttp();
        builder.Services.AddHostedService<BotWatcher>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit);
        add(builder.Services);
        return builder.Build();
    }
}
