using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images;

/// <summary>
/// Moves data tracks to the addresses that their own sectors have. Sheets without sessions put a second session's track
/// right behind the first's, and file systems speak of addresses on the disc.
/// </summary>
public static class LayoutAnchor
{
    private const int Asked = 16;
    private const int LongestPause = 450;

    /// <summary>Nothing shorter lies between two sessions.</summary>
    private const long ShortestSessionGap = 2250;

    /// <param name="layout">As the sheet says it.</param>
    /// <param name="files">The image's files; null for one that is not there.</param>
    /// <param name="log">Is told what was moved; takes a fatal problem where the files have next to nothing of the disc.</param>
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

            // Moved towards the disc's start, a track without addresses of its own stops at what lies before it.
            track = Trim(Move(track, moved < 0 ? Math.Min(0, Math.Max(moved, end - track.Start)) : moved), files);
            end = Math.Max(end, track.End);
            tracks.Add(track);
        }

        var anchored = layout with { Tracks = tracks };
        FailWithoutFiles(anchored, files, log);
        return anchored;
    }

    /// <returns>
    /// The address that most of a run's sectors have in their headers, as that of its first one; null where they have none
    /// or do not agree.
    /// </returns>
    internal static long? FindStart(TrackRun run, IByteSource? file)
    {
        if (run.Body != SectorBody.Whole || file is null)
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
            ? start
            : null;
    }

    private static void FailWithoutFiles(ImageLayout layout, IReadOnlyList<IByteSource?> files, SheetLog log)
    {
        var there = layout.Tracks.Where(track => track.IsData).SelectMany(track => track.Runs).Sum(run =>
            files[run.File] is { } file ? Math.Clamp((file.LengthBytes - run.Offset) / run.Stride, 0, run.Count) : 0);
        var described = layout.DataBytes.TotalLength / Sector.Size;
        if (described - there > SheetLimits.MaxMissing)
        {
            log.Fail(0, $"it describes {described} sectors of data, of which its files have {there}");
        }
    }

    private static long? FindStart(ImageTrack track, IReadOnlyList<IByteSource?> files) =>
        track.IsData && track.Runs is [var run, ..] && FindStart(run, files[run.File]) is { } start
            ? start + (track.Start - run.Sector)
            : null;

    private static ImageTrack Move(ImageTrack track, long by) => by == 0 ? track : track with
    {
        Start = track.Start + by,
        End = track.End + by,
        Runs = [.. track.Runs.Select(run => run with { Sector = run.Sector + by })],
    };

    /// <summary>
    /// Takes the pause of the sound track behind off a data track: CloneCD counts it to the track before.
    /// </summary>
    private static ImageTrack Trim(ImageTrack track, IReadOnlyList<IByteSource?> files)
    {
        if (!track.IsData || track.Runs is not [.., { Body: SectorBody.Whole } run] || run.End != track.End
            || files[run.File] is not { } file)
        {
            return track;
        }

        Span<byte> start = stackalloc byte[RawSector.BodyOffset];
        for (var pause = 0; pause <= Math.Min(LongestPause, run.Count - 1); pause++)
        {
            if (file.TryRead(run.Offset + ((run.Count - 1 - pause) * run.Stride), start) && RawSector.HasSync(start))
            {
                return pause == 0 ? track : track with
                {
                    End = track.End - pause,
                    Runs = [.. track.Runs.SkipLast(1), run with { Count = run.Count - pause }],
                };
            }
        }

        return track;
    }
}
