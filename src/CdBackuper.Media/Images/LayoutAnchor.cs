using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Images;

/// <summary>
/// Moves data tracks to the addresses that their own sectors have. Sheets without sessions put a second session's track
/// right behind the first's, and file systems speak of addresses on the disc.
/// </summary>
public static class LayoutAnchor
{
    private const int Asked = 16;

    /// <summary>Nothing shorter lies between two sessions.</summary>
    private const long ShortestSessionGap = 2250;

    /// <param name="layout">As the sheet says it.</param>
    /// <param name="files">The image's files; null for one that is not there.</param>
    /// <param name="log">Is told what was moved.</param>
    public static ImageLayout Apply(ImageLayout layout, IReadOnlyList<IByteSource?> files, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(log);
        var tracks = new List<ImageTrack>(layout.Tracks.Count);
        var (moved, session, end) = (0L, 0, 0L);
        foreach (var original in layout.Tracks)
        {
            var track = original with { Session = original.Session + session };
            if (FindStart(track, files) is { } start && start - track.Start != moved)
            {
                if (start < end)
                {
                    log.Note(0, $"the sectors of track {track.Number} have addresses from {start} on, which other tracks have; it is left at {track.Start}");
                }
                else
                {
                    log.Note(0, $"the sectors of track {track.Number} have addresses from {start} on, not {track.Start}");
                    var isSession = start - end >= ShortestSessionGap && tracks.Count > 0 && tracks[^1].Session == track.Session;
                    session += isSession ? 1 : 0;
                    track = track with { Session = original.Session + session };
                    moved = start - track.Start;
                }
            }

            track = Move(track, moved, files);
            end = Math.Max(end, track.End);
            tracks.Add(track);
        }

        return layout with { Tracks = tracks };
    }

    /// <returns>The address that the sectors of a track's first part agree on; null where they have none.</returns>
    private static long? FindStart(ImageTrack track, IReadOnlyList<IByteSource?> files)
    {
        if (!track.IsData || track.Runs is not [{ Body: SectorBody.Whole } run, ..] || files[run.File] is not { } file)
        {
            return null;
        }

        var survey = new HeaderSurvey(file, run.Offset, run.Stride);
        var count = Math.Min(run.Count, survey.Count);
        var asked = (int)Math.Min(Asked, count);
        var answers = Enumerable.Range(0, asked)
            .Select(index => survey.Ask(count * index / asked)?.Shift)
            .GroupBy(shift => shift)
            .MaxBy(group => group.Count());
        return answers?.Key is { } start && 2 * answers.Count() > asked && start >= 0 && start + run.Count <= SheetLimits.MaxSectors
            ? start + (track.Start - run.Sector)
            : null;
    }

    private static ImageTrack Move(ImageTrack track, long by, IReadOnlyList<IByteSource?> files) => by == 0 ? track : track with
    {
        Start = track.Start + by,
        End = track.End + by,
        Runs = [.. track.Runs.Select(run => run with { Sector = run.Sector + by })],
    };
}
