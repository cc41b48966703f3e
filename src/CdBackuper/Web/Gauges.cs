using System.Diagnostics.Metrics;
using CdBackuper.Archive.Format;
using CdBackuper.Drives;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Web;

/// <summary>How drives and archive stand, as gauges: docs/operations.md, "Metrics". Asks the board and the last look, nobody else.</summary>
internal sealed class Gauges
{
    /// <summary>How old a look at the archive may be that gauges are made of.</summary>
    private static readonly TimeSpan OldestLook = TimeSpan.FromMinutes(2);

    private readonly DriveBoard board;
    private readonly ArchiveSurvey survey;
    private readonly TimeProvider clock;

    public Gauges(Figures figures, DriveBoard board, ArchiveSurvey survey, TimeProvider clock)
    {
        (this.board, this.survey, this.clock) = (board, survey, clock);
        var meter = figures.Meter;
        meter.CreateObservableGauge("cdbackuper.drive.state", DriveStates, description: "1 for what the drive is about, 0 for all else.");
        meter.CreateObservableGauge(
            "cdbackuper.drive.silent", () => board.Cards.Select(card => new Measurement<double>(card.Silence.TotalSeconds, Tags(card))), "s",
            "For how long an answer of the drive has been waited for.");
        meter.CreateObservableGauge(
            "cdbackuper.disc.progress.ratio", () => board.Cards.Where(card => card.Progress?.Percent is not null)
                .Select(card => new Measurement<double>(card.Progress!.Percent!.Value / 100, [.. Tags(card), new("stage", Words.Of(card.Progress.Stage))])),
            description: "How much of its stage the disc in work has behind it, 0 to 1.");
        meter.CreateObservableGauge("cdbackuper.archive.usable", Usable, description: "1 where the archive answers and can be used, else 0.");
        meter.CreateObservableGauge("cdbackuper.archive.free", FreeBytes, "By", "The room that the archive's volume has.");
        meter.CreateObservableGauge("cdbackuper.archive.files", FileBytes, "By", "The bytes of all discs' files in the archive.");
        meter.CreateObservableGauge("cdbackuper.discs", Discs, description: "The archive's discs by condition.");
        meter.CreateObservableGauge("cdbackuper.outbox.notices", Waiting, description: "Notices that wait, by queue: NODE.TARGET.");
        meter.CreateObservableGauge("cdbackuper.outbox.oldest", Oldest, "s", "How old the oldest notice is that waits; 0 where none does.");
        meter.CreateObservableGauge("cdbackuper.last.success.timestamp", LastSuccess, "s", "When a disc last came out whole, in seconds since 1970.");
    }

    private IEnumerable<Measurement<int>> DriveStates() =>
        from card in board.Cards
        from condition in Enum.GetValues<DriveCondition>()
        select new Measurement<int>(card.Condition == condition ? 1 : 0, [.. Tags(card), new("state", Words.Of(condition))]);

    private IEnumerable<Measurement<int>> Usable()
    {
        survey.Renew(OldestLook);
        return survey.IsUsable is { } isUsable ? [new(isUsable ? 1 : 0)] : [];
    }

    private IEnumerable<Measurement<long>> FreeBytes() => survey.Last?.FreeBytes is { } free ? [new(free)] : [];

    private IEnumerable<Measurement<long>> FileBytes() => survey.Last is { } view ? [new(view.Discs.Sum(disc => disc.Counts.Bytes))] : [];

    private IEnumerable<Measurement<int>> Discs() => survey.Last is { } view
        ? Enum.GetValues<DiscCondition>().Select(condition =>
            new Measurement<int>(view.Discs.Count(disc => disc.Condition == condition), new KeyValuePair<string, object?>("condition", Words.Of(condition))))
        : [];

    private IEnumerable<Measurement<int>> Waiting() =>
        from state in survey.Last?.Outbox ?? [] select new Measurement<int>(state.Waiting, Tag(state));

    private IEnumerable<Measurement<double>> Oldest() =>
        from state in survey.Last?.Outbox ?? []
        select new Measurement<double>(state.Oldest is { } oldest ? Math.Max(0, (clock.GetUtcNow() - oldest).TotalSeconds) : 0, Tag(state));

    private static KeyValuePair<string, object?> Tag(OutboxState state) => new("queue", state.Queue);

    private IEnumerable<Measurement<long>> LastSuccess() =>
        survey.Last?.Discs.Where(disc => disc.Condition == DiscCondition.Whole).Max(disc => disc.Finished) is { } when
            ? [new(when.ToUnixTimeSeconds())] : [];

    private static KeyValuePair<string, object?>[] Tags(DriveCard card) => [new("drive", card.Name), new("model", card.ModelName)];
}
