using System.Diagnostics;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Drives;

/// <summary>
/// Notices that a drive's own thread stands still: a read that hangs in the kernel ends by nothing, and lets nobody else speak for it.
/// Thread-safe.
/// </summary>
internal sealed partial class StandstillWatch(ILogger logger, string drive)
{
    /// <summary>The kernel gives a read half a minute, then resets the drive and reads once more; drives try a bad sector for as long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Lock gate = new();
    private long since;
    private bool isAsked;
    private bool isTold;

    /// <summary>For how long an answer has been waited for; zero while none is.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (gate)
            {
                return isAsked ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The drive is asked for something from now on, and should answer; or it just did, and is asked for more.</summary>
    public void Begin() => Set(isBegun: true);

    /// <summary>It answered, and nothing more is asked of it.</summary>
    public void End() => Set(isBegun: false);

    /// <summary>A sign of life from a disc in work; in stages that ask nothing of the drive its silence means nothing.</summary>
    public void Take(DiscProgress progress) => Set(progress.Stage is DiscStage.Identifying or DiscStage.Rescuing);

    /// <summary>Says it, once for each standstill, where there was no sign of life for longer than the limit.</summary>
    /// <param name="limit">How long; the limit of real drives as it is made.</param>
    /// <returns>True where it stands still.</returns>
    public bool Look(TimeSpan? limit = null)
    {
        lock (gate)
        {
            var isStill = isAsked && Stopwatch.GetElapsedTime(since) >= (limit ?? Limit);
            if (isStill && !isTold)
            {
                isTold = true;
                Log.Still(logger, drive, (int)Stopwatch.GetElapsedTime(since).TotalSeconds);
            }

            return isStill;
        }
    }

    private void Set(bool isBegun)
    {
        lock (gate)
        {
            if (isTold)
            {
                Log.GoesOn(logger, drive, (int)Stopwatch.GetElapsedTime(since).TotalSeconds);
            }

            (isAsked, isTold, since) = (isBegun, false, Stopwatch.GetTimestamp());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Drive {Drive} does not answer: nothing came of it for {Seconds} s. It is waited for, other drives go on. If it stays so and the archive answers, unplug it or restart the machine; what was read is kept")]
        public static partial void Still(ILogger logger, string drive, int seconds);

        [LoggerMessage(LogLevel.Information, "Drive {Drive} goes on after {Seconds} s")]
        public static partial void GoesOn(ILogger logger, string drive, int seconds);
    }
}
