using CdBackuper.Archive.Store;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Hosting;

/// <summary>
/// Opens the archive of a process that stays. An archive that stands still (a NAS over NFS with <c>hard</c>) lets it wait: drives wait
/// with it, health over HTTP and a stop do not.
/// </summary>
internal sealed partial class ArchiveOpening(ArchiveRoot archive, Settings settings, TimeProvider clock, ILoggerFactory loggers)
{
    /// <summary>How long it may take before it is said that it is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the archive is open; never where it can't be opened, which ends the process.</summary>
    public Task Opened => opened.Task;

    /// <exception cref="ArchiveException">The archive can't be used.</exception>
    /// <exception cref="OperationCanceledException">Stopped before it answered; the thread that asks is left behind.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var logger = loggers.CreateLogger(settings.NodeName);
        var opening = Task.Factory.StartNew(archive.OpenToWrite, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await opening.WaitAsync(Patience, clock, stop);
        }
        catch (TimeoutException)
        {
            Log.Waits(logger, archive.Path);
            await opening.WaitAsync(stop);
        }

        Log.Opened(logger, archive.Path);
        opened.SetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The archive is {Path}")]
        public static partial void Opened(ILogger logger, string path);

        [LoggerMessage(LogLevel.Warning, "The archive {Path} does not answer; nothing is begun before it does. Look at the NAS and its mount")]
        public static partial void Waits(ILogger logger, string path);
    }
}
