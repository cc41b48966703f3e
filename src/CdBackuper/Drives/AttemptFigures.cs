using System.Diagnostics.Metrics;
using CdBackuper.Archive.Format;
using CdBackuper.Hosting;
using CdBackuper.Jobs;

namespace CdBackuper.Drives;

/// <summary>
/// What came of the discs of this process, as counters: docs/operations.md, "Metrics". The facts come from the attempt's record
/// in the archive. Thread-safe.
/// </summary>
internal sealed class AttemptFigures
{
    /// <summary>Passes that read what none before has tried; what the others read did not read at the first try.</summary>
    private static readonly string[] FirstPasses = ["metadata", "copy", "sweep"];

    private static readonly DiscEnd[] Ends = Enum.GetValues<DiscEnd>();

    private readonly string node;
    private readonly Counter<long> attempts;
    private readonly Counter<long> read;
    private readonly Counter<long> won;
    private readonly Counter<long> lost;
    private readonly Counter<long> errors;
    private readonly Counter<long> bytes;
    private readonly Histogram<double> passes;

    public AttemptFigures(Figures figures, Settings settings)
    {
        node = settings.NodeName;
        var meter = figures.Meter;
        attempts = meter.CreateCounter<long>("cdbackuper.attempts", description: "Discs that were tried, by how it ended.");
        read = meter.CreateCounter<long>("cdbackuper.sectors.read", description: "Sectors of 2048 bytes that were read and had not been before.");
        won = meter.CreateCounter<long>("cdbackuper.sectors.won", description: "Those of them that did not read at first.");
        lost = meter.CreateCounter<long>("cdbackuper.sectors.lost", description: "Sectors that were unread when an attempt ended.");
        errors = meter.CreateCounter<long>("cdbackuper.read.errors", description: "Sectors that did not read at the first try: won or lost.");
        bytes = meter.CreateCounter<long>("cdbackuper.rescued", "By", "Bytes that were read and had not been before.");
        passes = meter.CreateHistogram<double>(
            "cdbackuper.pass.duration", "s", "How long passes took.", advice: new() { HistogramBucketBoundaries = [10, 60, 300, 900, 1800, 3600, 7200, 14400] });
    }

    /// <summary>A drive that has done nothing yet has counters too: else the first damaged disc would not be seen as a rise.</summary>
    public void Begin(DriveCard card)
    {
        foreach (var end in Ends)
        {
            attempts.Add(0, [.. Tags(card), new("outcome", Words.Of(end))]);
        }

        foreach (var counter in new[] { read, won, lost, errors, bytes })
        {
            counter.Add(0, Tags(card));
        }
    }

    /// <summary>Counts an attempt that has ended.</summary>
    /// <param name="card">The drive.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="began">When it was begun: an older record is not its own.</param>
    public void Count(DriveCard card, DiscResult result, DateTimeOffset began)
    {
        attempts.Add(1, [.. Tags(card), new("outcome", Words.Of(result.End))]);
        if (TryLoad(card, result, began) is not { } attempt)
        {
            return;
        }

        var later = attempt.Passes.Where(pass => !FirstPasses.Contains(pass.Kind)).Sum(pass => pass.SectorsWon);
        read.Add(attempt.SectorsWon, Tags(card));
        bytes.Add(attempt.SectorsWon * Media.Sectors.Sector.Size, Tags(card));
        won.Add(later, Tags(card));
        lost.Add(attempt.SectorsUnread, Tags(card));
        errors.Add(later + attempt.SectorsUnread, Tags(card));
        foreach (var pass in attempt.Passes)
        {
            passes.Record(pass.Seconds, [.. Tags(card), new("pass", pass.Kind)]);
        }
    }

    /// <returns>The attempt's record; null where there is none, or the archive does not give it: figures are no reason to fail.</returns>
    private AttemptRecord? TryLoad(DriveCard card, DiscResult result, DateTimeOffset began)
    {
        try
        {
            return result.Folder?.LoadAttempts()
                .LastOrDefault(attempt => attempt.Node == node && attempt.Drive == card.Name && attempt.Started >= began);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static KeyValuePair<string, object?>[] Tags(DriveCard card) => [new("drive", card.Name), new("model", card.ModelName)];
}
