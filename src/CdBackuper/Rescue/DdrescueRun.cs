using System.Diagnostics;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Rescue;

namespace CdBackuper.Rescue;

/// <summary>
/// One run of ddrescue, watched: its screen is shown, and the drive is asked whether its disc is still the same. What is called
/// read after a change was written to the map before a look that found the disc unchanged.
/// </summary>
/// <param name="claimed">The disc's folder.</param>
/// <param name="disc">The disc as it was opened.</param>
/// <param name="job">Whose drive, and who is told.</param>
/// <param name="detail">What the pass does, for people.</param>
internal sealed class DdrescueRun(ClaimedDisc claimed, IDisc disc, DiscJob job, string detail)
{
    /// <summary>A disc takes longer to be changed for another and to spin up.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>So much reading a crash costs at the most: ddrescue's own map is written as often.</summary>
    private static readonly TimeSpan BetweenTakeOvers = TimeSpan.FromSeconds(15);

    private readonly DiscFolder folder = claimed.Folder;
    private readonly DdrescueScreen screen = new();
    private RescueMap trusted = RescueMap.Empty;
    private long lastLook;
    private long lastTakenOver = Stopwatch.GetTimestamp();
    private long lastWin;
    private long seen;
    private bool isChanged;

    /// <summary>True after a run that was ended since the disc might have been changed, and it is the same.</summary>
    public bool WasEndedInVain { get; private set; }

    /// <summary>How long it may take.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>How long it may go on without one more sector; without end as it is made. Seen a quarter of a minute late.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.MaxValue;

    /// <summary>How long it may print nothing at all, as it does every second but in a read that hangs; without end as it is made.</summary>
    public TimeSpan Silence { get; init; } = Timeout.InfiniteTimeSpan;

    /// <param name="command">What to run.</param>
    /// <param name="before">The map before it.</param>
    /// <param name="check">Compares the disc where it may have been changed.</param>
    /// <param name="clock">The program's clock.</param>
    /// <param name="cancellationToken">Ends it, its map saved.</param>
    /// <returns>How it ended, and in words for the record.</returns>
    /// <exception cref="DriveFaultException">The disc was taken out or changed.</exception>
    public (ChildOutcome Outcome, string Ended) Run(
        ChildCommand command, RescueMap before, MediumCheck check, TimeProvider clock, CancellationToken cancellationToken)
    {
        (trusted, seen, lastLook, lastWin) = (before, before.Tally.Finished, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        using var limit = new CancellationTokenSource(TimeLeft, clock);
        using var giveUp = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token, giveUp.Token);
        WriteRunningMap(before);
        ChildOutcome outcome;
        string ended;
        try
        {
            outcome = Watch(command, giveUp, any.Token);
            ended = EndOf(outcome, cancellationToken.IsCancellationRequested, limit.IsCancellationRequested, giveUp.IsCancellationRequested);
            if (!outcome.IsStuck)
            {
                KeepWhatIsSure(check);
            }
        }
        catch (DriveFaultException)
        {
            // Also where the drive, or the image's storage, went away and can't be asked any more.
            GoBackToWhatIsSure();
            throw;
        }

        TakeMapOver();
        File.Delete(folder.RunningMapPath);
        return (outcome, ended);
    }

    private ChildOutcome Watch(ChildCommand command, CancellationTokenSource giveUp, CancellationToken cancellationToken)
    {
        giveUp.CancelAfter(Silence);
        using var output = new FileStream(folder.OutputPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        output.Write(System.Text.Encoding.UTF8.GetBytes($"$ {command}\n"));
        return Child.Run(
            command,
            printed =>
            {
                giveUp.CancelAfter(Silence);
                output.Write(printed.Span);
                output.Flush();
                Tell(printed.Span);
                if (!giveUp.IsCancellationRequested && IsTimeToLook() && (Look() || Stopwatch.GetElapsedTime(lastWin) > Patience))
                {
                    giveUp.Cancel();
                }
            },
            cancellationToken);
    }

    private string EndOf(ChildOutcome outcome, bool isInterrupted, bool isTimeUsedUp, bool isGivenUp) =>
        outcome.IsStuck ? PassEnds.Stuck
        : isChanged ? PassEnds.DiscChanged
        : isInterrupted && outcome.WasCancelled ? PassEnds.Interrupted
        : isTimeUsedUp ? PassEnds.TimeUsedUp
        : isGivenUp ? PassEnds.WonNothing
        : outcome.WasCancelled ? PassEnds.Interrupted
        : outcome.Signal is { } signal ? $"signal {signal}" : $"exit {outcome.ExitCode}";

    /// <summary>
    /// ddrescue gets a map of its own: it writes it over the old one, so that a crash would leave half of it. It begins with this
    /// pass's domain, not where the last one stood.
    /// </summary>
    private void WriteRunningMap(RescueMap before)
    {
        if (before.Blocks.Count > 0)
        {
            folder.Write(folder.RunningMapPath, MapfileText.Print(before, "Mapfile. Created by cdbackuper from GNU ddrescue's, for its next pass"));
        }
    }

    /// <summary>What ddrescue's map says is in the image becomes the folder's map, in one step.</summary>
    private void TakeMapOver()
    {
        lastTakenOver = Stopwatch.GetTimestamp();
        claimed.EnsureWritable();
        if (!File.Exists(folder.RunningMapPath))
        {
            return;
        }

        // Read once: ddrescue writes over it meanwhile, and what is looked at is what must be kept.
        var text = File.ReadAllText(folder.RunningMapPath);
        if (MapfileText.TryParse(text, out var map, out _) && map.Blocks.Count > 0)
        {
            folder.Write(folder.MapPath, text);
        }
    }

    private void Tell(ReadOnlySpan<byte> printed)
    {
        if (screen.Take(printed) is { } progress)
        {
            job.OnProgress(progress with { Detail = progress.Detail is null ? detail : $"{detail}: {progress.Detail}" });
        }
    }

    private bool IsTimeToLook() => Stopwatch.GetElapsedTime(lastLook) >= BetweenLooks;

    /// <returns>True when the disc may be another. Else what the map says now is sure.</returns>
    private bool Look()
    {
        lastLook = Stopwatch.GetTimestamp();

        // The map first: what it says was read before the drive is asked.
        var isMap = RescuedImage.TryLoadMap(folder.RunningMapPath, out var map, out _);
        if (!disc.TellsMediumChange)
        {
            // It is compared when the pass has ended; nothing of it is sure until then.
            lastWin = map.Tally.Finished > seen ? lastLook : lastWin;
            seen = Math.Max(seen, map.Tally.Finished);
            return false;
        }

        isChanged = disc.ReadMediumChanged();
        if (!isChanged && isMap && map.Tally.Finished >= trusted.Tally.Finished)
        {
            lastWin = map.Tally.Finished > trusted.Tally.Finished ? lastLook : lastWin;
            trusted = map;
            if (Stopwatch.GetElapsedTime(lastTakenOver) >= BetweenTakeOvers)
            {
                TakeMapOver();
            }
        }

        return isChanged;
    }

    /// <exception cref="DriveFaultException">The disc is out, another one is in, or the drive can't be asked.</exception>
    private void KeepWhatIsSure(MediumCheck check)
    {
        if (isChanged || disc.ReadMediumChanged())
        {
            check.EnsureSame(trusted);
            WasEndedInVain = isChanged;
        }
    }

    /// <summary>The map goes back to what was surely read of the disc.</summary>
    private void GoBackToWhatIsSure()
    {
        File.Delete(folder.RunningMapPath);
        claimed.EnsureWritable();
        if (trusted.Blocks.Count == 0)
        {
            folder.Delete(folder.MapPath);
        }
        else
        {
            folder.Write(folder.MapPath, MapfileText.Print(trusted, "Mapfile. What GNU ddrescue read while the disc was surely the same"));
        }
    }
}
