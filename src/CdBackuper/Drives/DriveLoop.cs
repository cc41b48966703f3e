using System.Diagnostics;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Drives;

/// <summary>One drive, for ever: waits for a disc, has it done once, opens the tray. Runs on a thread of its own.</summary>
internal sealed partial class DriveLoop(
    IDrive drive, DiscStory story, Settings settings, AutoResetEvent wake, DriveReport report, ILogger logger)
{
    /// <summary>How long to wait before a disc is tried again that the archive's fault left in the drive.</summary>
    private static readonly TimeSpan ArchivePause = TimeSpan.FromSeconds(60);

    /// <summary>Of a scratched head this is enough: each failure takes seconds, and identification reads it all.</summary>
    private const int KeyFailures = 3;

    private string? handled;
    private bool wasAway;
    private int returns;
    private long ejectedAt;
    private long? retryAfter;
    private DriveFault? lastFault;
    private string? lastTrouble;

    /// <summary>Ends when the token is cancelled; a disc in work is left so that it goes on at the next start.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        report.Asked();
        report.Is(drive.ReadModel());
        while (!cancellationToken.IsCancellationRequested)
        {
            DriveFaultException? fault = null;
            report.Asked();
            try
            {
                Look(cancellationToken);
            }
            catch (DriveFaultException thrown)
            {
                fault = thrown;
            }
#pragma warning disable CA1031 // a defect must not cost the other drives their discs
            catch (Exception defect)
#pragma warning restore CA1031
            {
                Log.Broke(logger, defect);
                fault = new(DriveFault.Other, $"A defect of cdbackuper ended the work on the disc: {defect.Message} It is left alone until it is changed.");
            }

            // A disc that settles in its drive moves the kernel's mark of the last change while it is looked at: news at the second time.
            var isSettling = fault?.Fault == DriveFault.DiscGone && lastFault != DriveFault.DiscGone;
            var trouble = isSettling ? null : fault?.Message;
            TellOnce(trouble);
            (lastFault, lastTrouble) = (fault?.Fault, trouble);
            report.Answered(trouble);

            WaitHandle.WaitAny([wake, cancellationToken.WaitHandle], settings.Poll);
        }
    }

    private void Look(CancellationToken cancellationToken)
    {
        var state = drive.ReadState();
        report.Holds(state);
        if (state == DriveState.Empty)
        {
            (handled, wasAway, retryAfter) = (null, false, null);
        }
        else if (state != DriveState.Loaded)
        {
            wasAway = true;
        }
        else if (IsToBeHandled())
        {
            Handle(cancellationToken);
        }
    }

    private bool IsToBeHandled()
    {
        var changed = drive.ReadMediaChanged();
        if (handled is null || (drive is ImageTray && changed))
        {
            return true;
        }

        if (retryAfter is { } since)
        {
            return Stopwatch.GetElapsedTime(since) >= ArchivePause;
        }

        if (!changed && !wasAway)
        {
            return false;
        }

        wasAway = false;
        var isSame = ReadKey() == handled;
        var away = Stopwatch.GetElapsedTime(ejectedAt);
        var isNew = ReturnRule.IsToBeHandled(isSame, away, returns);
        returns = isSame ? returns : 0;
        if (!isNew)
        {
            Log.CameBack(logger, (int)away.TotalSeconds, (int)ReturnRule.AbsenceNeeded(returns).TotalSeconds);
        }

        return isNew;
    }

    private void Handle(CancellationToken cancellationToken)
    {
        handled = ReadKey();
        retryAfter = null;
        var news = new ProgressLog(logger);
        var began = TimeProvider.System.GetUtcNow();
        var job = new DiscJob(drive, (Action<DiscProgress>)report.Take + news.Take) { Trouble = new(report.Asked) };
        var result = story.Run(job, cancellationToken);
        report.Ended(result, began);
        if (result.End == DiscEnd.Interrupted)
        {
            // The tray stays shut, so that the restarted program finds the disc and goes on.
            return;
        }

        if (result.End == DiscEnd.ArchiveFailed)
        {
            retryAfter = Stopwatch.GetTimestamp();
            Log.Pausing(logger, (int)ArchivePause.TotalSeconds);
            return;
        }

        if (result.End == DiscEnd.DriveFailed && drive.ReadState() == DriveState.Loaded && drive.ReadMediaChanged() && ReadKey() != handled)
        {
            // Another disc was put in while the first was read: it has its own turn.
            handled = null;
            return;
        }

        returns = result.End == DiscEnd.Whole ? 0 : returns + 1;
        wasAway = false;
        if (drive.ReadState() == DriveState.Loaded)
        {
            drive.Eject();
            drive.ReadMediaChanged();
            if (drive is ImageTray)
            {
                if (result.End == DiscEnd.NotADisc)
                {
                    Log.Refused(logger);
                }

                // What lies there now is the next image, however long it has waited.
                handled = null;
            }
        }

        ejectedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>What tells this disc from the next one in the same drive; never used to find it in the archive.</summary>
    private string ReadKey()
    {
        try
        {
            using var disc = drive.OpenDisc();
            var probe = new DiscProbe(new ReadTrouble(report.Asked).Watch(disc), maxBadReads: KeyFailures);
            return $"{disc.LengthBytes} {string.Join(' ', Fingerprint.TakeAnchors(probe, []))}";
        }
        catch (DriveFaultException fault) when (fault.Fault == DriveFault.NotADisc)
        {
            // The story says why and has it ejected, so that the next one in the tray gets its turn.
            return fault.Message;
        }
    }

    private void TellOnce(string? trouble)
    {
        if (trouble is not null && trouble != lastTrouble)
        {
            Log.Trouble(logger, trouble);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A defect of cdbackuper: please report it")]
        public static partial void Broke(ILogger logger, Exception defect);

        [LoggerMessage(LogLevel.Warning, "{Trouble}")]
        public static partial void Trouble(ILogger logger, string trouble);

        [LoggerMessage(LogLevel.Information, "The same disc is back after {Seconds} s; to have it tried again take it out for {Needed} s")]
        public static partial void CameBack(ILogger logger, int seconds, int needed);

        [LoggerMessage(LogLevel.Warning, "It was ejected: it lies in ejected/ now")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The disc stays in the drive; the archive is tried again in {Seconds} s")]
        public static partial void Pausing(ILogger logger, int seconds);
    }
}
