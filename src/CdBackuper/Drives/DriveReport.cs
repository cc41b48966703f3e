using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Drives;

/// <summary>One drive's line on the board. Told by the drive's thread and by those that report progress; read by any.</summary>
internal sealed class DriveReport(DriveCard start, StandstillWatch standstill, TimeProvider clock, AttemptFigures figures)
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
                return card with { Silence = standstill.Silence };
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
    public void Asked() => standstill.Begin();

    /// <summary>Says it in the log where the drive stands still. Asked by another thread than the drive's.</summary>
    public void LookForStandstill() => standstill.Look();

    /// <summary>It answered, and nothing more is asked of it.</summary>
    /// <param name="trouble">Why it can't be asked, for people; null where it can.</param>
    public void Answered(string? trouble)
    {
        standstill.End();
        Set(old => Become(old with { Trouble = trouble }, trouble is null ? old.Condition : DriveCondition.Trouble));
    }

    /// <summary>What lies in it.</summary>
    public void Holds(DriveState state) => Set(old => Become(old with { Trouble = null, Progress = null }, state switch
    {
        DriveState.Empty => DriveCondition.Empty,
        DriveState.TrayOpen => DriveCondition.TrayOpen,
        DriveState.Loaded => DriveCondition.Loaded,
        _ => DriveCondition.NotReady,
    }));

    /// <summary>How far the disc in work is.</summary>
    public void Take(DiscProgress progress)
    {
        standstill.Take(progress);
        Set(old => Become(old with { Progress = progress }, DriveCondition.Working));
    }

    /// <summary>The disc in work is done, or left for later.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="began">When it was begun.</param>
    public void Ended(DiscResult result, DateTimeOffset began)
    {
        var now = clock.GetUtcNow();
        Set(old => Become(old with { Progress = null, Last = result, LastEnded = now }, DriveCondition.Loaded));
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
