using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Drives;

/// <summary>Finds the drives, gives each a loop on a thread of its own, and ends those of drives that went away.</summary>
internal sealed partial class DriveWatcher(DiscStory story, Settings settings, DriveBoard board, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>How long a stop waits for the drives: ddrescue saves its map within its own grace.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    private readonly ILogger logger = loggers.CreateLogger(settings.NodeName);
    private readonly DriveFinder finder = new(settings.DeviceGlobs);
    private readonly Dictionary<string, Running> running = [];
    private readonly Dictionary<string, string> refused = [];
    private readonly List<Running> ending = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Watch(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Watch(CancellationToken stoppingToken)
    {
        using var events = MediaChangeListener.TryOpen();
        TellWhatIsWatched(finder.Find());
        while (!stoppingToken.IsCancellationRequested)
        {
            Match(finder.Find());
            foreach (var drive in running.Values)
            {
                drive.Report.LookForStandstill();
            }

            if (events is null)
            {
                stoppingToken.WaitHandle.WaitOne(settings.Poll);
            }
            else if (events.Wait(settings.Poll, stoppingToken, out _))
            {
                WakeAll();
            }
        }

        StopAll([.. running.Values]);
    }

    private void Match(IReadOnlyList<IDrive> found)
    {
        var gone = running.Where(pair => found.All(drive => drive.Path != pair.Key)).Select(pair => pair.Value).ToArray();
        foreach (var lost in gone)
        {
            Log.Gone(logger, lost.Drive.Name);
            board.Close(lost.Drive);
            running.Remove(lost.Drive.Path);
            ending.Add(lost);
            lost.Stop.Cancel();
        }

        foreach (var ended in ending.Where(drive => !drive.Thread.IsAlive).ToArray())
        {
            ending.Remove(ended);
            ended.Stop.Dispose();
            ended.Wake.Dispose();
        }

        foreach (var drive in found.Where(drive => !running.ContainsKey(drive.Path)))
        {
            TryStart(drive);
        }
    }

    private void TryStart(IDrive drive)
    {
        if (TryLock(drive, out var holder) is not { } deviceLock)
        {
            if (refused.GetValueOrDefault(drive.Path) != holder)
            {
                Log.Held(logger, drive.Name, holder ?? "another process");
            }

            refused[drive.Path] = holder ?? "";
            return;
        }

        refused.Remove(drive.Path);
        var stop = new CancellationTokenSource();
        var wake = new AutoResetEvent(initialState: false);
        var driveLogger = loggers.CreateLogger($"{settings.NodeName}:{drive.Name}");
        var report = board.Open(drive, driveLogger);
        var loop = new DriveLoop(drive, story, settings, wake, report, driveLogger);
        var thread = new Thread(() =>
        {
            using (deviceLock)
            {
                loop.Run(stop.Token);
            }
        })
        {
            Name = drive.Name,
            IsBackground = true,
        };
        running.Add(drive.Path, new(drive, thread, stop, wake, report));
        thread.Start();
        Log.Watching(logger, drive.Name, drive.Path);
    }

    /// <returns>Null where another process has the drive, or it can't be asked: <paramref name="holder"/> says so.</returns>
    private DeviceLock? TryLock(IDrive drive, out string? holder)
    {
        try
        {
            return DeviceLock.TryTake(drive.Path, $"cdbackuper watch on {settings.NodeName}", out var deviceLock, out holder) ? deviceLock : null;
        }
        catch (DriveFaultException fault)
        {
            holder = fault.Message;
            return null;
        }
    }

    private void WakeAll()
    {
        foreach (var drive in running.Values)
        {
            drive.Wake.Set();
        }
    }

    private void StopAll(IReadOnlyList<Running> drives)
    {
        foreach (var drive in drives)
        {
            drive.Stop.Cancel();
        }

        // A drive that hangs in the kernel holds up nobody: its thread is left behind.
        var until = Environment.TickCount64 + (long)StopLimit.TotalMilliseconds;
        foreach (var drive in drives)
        {
            if (!drive.Thread.Join((int)Math.Max(0, until - Environment.TickCount64)))
            {
                Log.Hangs(logger, drive.Drive.Name);
            }
        }
    }

    private void TellWhatIsWatched(IReadOnlyList<IDrive> found)
    {
        var empty = settings.DeviceGlobs.Where(glob => new DriveFinder([glob]).Find().Count == 0).ToArray();
        if (empty.Length > 0)
        {
            Log.Nothing(logger, string.Join(' ', empty));
        }

        if (!found.Any(drive => drive is OpticalDrive))
        {
            Log.NoDrive(logger);
        }

        foreach (var tray in found.OfType<ImageTray>())
        {
            Log.Tray(logger, tray.Path);
        }
    }

    private sealed record Running(
        IDrive Drive, Thread Thread, CancellationTokenSource Stop, AutoResetEvent Wake, DriveReport Report);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Watching {Drive} ({Path})")]
        public static partial void Watching(ILogger logger, string drive, string path);

        [LoggerMessage(LogLevel.Information, "Drive {Drive} is gone")]
        public static partial void Gone(ILogger logger, string drive);

        [LoggerMessage(LogLevel.Warning, "Drive {Drive} is taken: {Holder} has it")]
        public static partial void Held(ILogger logger, string drive, string holder);

        [LoggerMessage(LogLevel.Error, "Drive {Drive} hangs in the kernel; it is left behind")]
        public static partial void Hangs(ILogger logger, string drive);

        [LoggerMessage(LogLevel.Information, "Nothing is there at {Globs}: a drive or a tray's folder that comes there is noticed")]
        public static partial void Nothing(ILogger logger, string globs);

        [LoggerMessage(LogLevel.Information, "No CD or DVD drive. Connect one (it is noticed), or see what happens to a disc with: cdbackuper demo")]
        public static partial void NoDrive(ILogger logger);

        [LoggerMessage(LogLevel.Information, "Image tray {Path}: an image (.iso) that is moved there is imported like a disc")]
        public static partial void Tray(ILogger logger, string path);
    }
}
