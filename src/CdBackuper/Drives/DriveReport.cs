using System.Diagnostics;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Drives;

/// <summary>One drive's line on the board. Told by the drive's thread and by those that report progress; read by any.</summary>
internal sealed class DriveReport(DriveCard start, TimeProvider clock, AttemptFigures figures)
{
    private readonly Lock gate = new();
    private DriveCard card = start;

    /// <summary>As it stands now.</summary>
    public DriveCard Card
    {
        get
        {
            lock (gate)
            {
                return card;
            }
        }
    }

    /// <summary>Which drive it is. Asked on its own thread.</summary>
    public void Is(DriveModel model)
    {
        Set(old => old with { Model = model });
        figures.Begin(Card);
    }

    /// <summary>It is asked for something, and should answer.</summary>
    public void Asked() => Set(old => old with { AskedAt = Stopwatch.GetTimestamp() });

    /// <summary>It answered, and nothing more is asked of it.</summary>
    /// <param name="trouble">Why it can't be asked, for people; null where it can.</param>
    public void Answered(string? trouble) => Set(old => Become(
        old with { AskedAt = null, Trouble = trouble }, trouble is null ? old.Condition : DriveCondition.Trouble));

    /// <summary>What lies in it.</summary>
    public void Holds(DriveState state) => Set(old => Become(old with { Trouble = null }, state switch
    {
        DriveState.Empty => DriveCondition.Empty,
        DriveState.TrayOpen => DriveCondition.TrayOpen,
        DriveState.Loaded => DriveCondition.Loaded,
        _ => DriveCondition.NotReady,
    }));

    /// <summary>How far the disc in work is. In stages that ask nothing of the drive its silence means nothing.</summary>
    public void Take(DiscProgress progress) => Set(old => Become(
        old with
        {
            Progress = progress,
            AskedAt = progress.Stage is DiscStage.Identifying or DiscStage.Rescuing ? Stopwatch.GetTimestamp() : null,
        },
        DriveCondition.Working));

    /// <summary>The disc in work is done, or left for later.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="began">When it was begun.</param>
    public void Ended(DiscResult result, DateTimeOffset began)
    {
        var now = clock.GetUtcNow();
        Set(old => Become(old with { Progress = null, Last = result, LastEnded = now, AskedAt = null }, DriveCondition.Loaded));
        figures.Count(Card, result, began);
        Asked();
    }

    private DriveCard Become(DriveCard next, DriveCondition condition) =>
        next.Condition == condition ? next : next with { Condition = condition, Since = clock.GetUtcNow() };

    private void Set(Func<DriveCard, DriveCard> change)
    {
        lock (gate)
        {
            card = change(card);
        }
    }
}
