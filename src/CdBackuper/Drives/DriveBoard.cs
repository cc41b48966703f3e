using System.Collections.Concurrent;
using CdBackuper.Linux.Drives;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Drives;

/// <summary>What each drive is about, told by its own thread, so that whoever looks waits for no drive. Thread-safe.</summary>
/// <param name="clock">When something happened.</param>
/// <param name="figures">Counts what came of discs.</param>
internal sealed class DriveBoard(TimeProvider clock, AttemptFigures figures)
{
    private readonly ConcurrentDictionary<string, DriveReport> reports = [];

    /// <summary>The drives that are watched, in order of their paths.</summary>
    public IReadOnlyList<DriveCard> Cards =>
        [.. reports.Values.Select(report => report.Card).OrderBy(card => card.Path, StringComparer.Ordinal)];

    /// <param name="drive">The drive.</param>
    /// <param name="logger">Where it is said that it stands still.</param>
    /// <returns>Where the drive's thread tells what it is about.</returns>
    public DriveReport Open(IDrive drive, ILogger logger)
    {
        var start = new DriveCard(drive.Name, drive.Path, new(null, null, null, null), DriveCondition.NotReady, clock.GetUtcNow());
        return reports[drive.Path] = new(start, new(logger, drive.Name), clock, figures);
    }

    /// <summary>The drive is no longer there.</summary>
    public void Close(IDrive drive) => reports.TryRemove(drive.Path, out _);
}
