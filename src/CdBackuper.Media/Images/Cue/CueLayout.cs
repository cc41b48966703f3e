namespace CdBackuper.Media.Images.Cue;

/// <summary>Finds where on the disc the parts of a cue sheet's files lie: one after the other, with the gaps between.</summary>
/// <param name="begun">The tracks that have an index 1; of the others index 0 is the beginning, or they would be all gap.</param>
/// <param name="leadOuts">What REM LEAD-OUT says, by session.</param>
/// <param name="log">Takes what is wrong.</param>
internal sealed class CueLayout(IReadOnlySet<CueTrack> begun, Dictionary<int, long> leadOuts, SheetLog log)
{
    private readonly List<TrackDraft> tracks = [];

    // The first sector of the disc behind all that was laid, and whether its number is known for certain.
    private long next;
    private bool isKnown = true;

    public void Add(CueFile file, int fileIndex, long? length)
    {
        if (file.Marks.Count == 0 || log.Fatal is not null)
        {
            return;
        }

        if (length is null && file.Marks.Find(mark => mark.Track.Kind != TrackKind.Sound) is { } data)
        {
            log.Fail(file.Line, $"{SheetLog.Quote(file.Name)} is not beside the sheet; track {data.Track.Number}, data, is in it");
            return;
        }

        var header = file.HeaderLength;
        var shift = next;
        long offset = header ?? 0;
        CueMark? before = null;
        for (var index = 0; index < file.Marks.Count && log.Fatal is null; index++)
        {
            var mark = file.Marks[index];
            offset += (mark.Frames - (before?.Frames ?? 0)) * (before ?? mark).Track.Stride;
            shift += mark.GapBefore + SessionGapBefore(mark, shift + mark.Frames, FirstIndexFrames(file, index));
            var isLast = index == file.Marks.Count - 1;
            var count = isLast ? CountToEnd(length, header, offset, mark) : file.Marks[index + 1].Frames - mark.Frames;
            Lay(mark, fileIndex, offset, shift + mark.Frames, count);
            next = shift + mark.Frames + count;
            before = mark;
        }

        if (length is null || header is null)
        {
            log.Note(file.Line, length is null
                ? $"{SheetLog.Quote(file.Name)} is not beside the sheet; it holds sound"
                : $"{SheetLog.Quote(file.Name)} is compressed sound; how much of the disc it takes is not known");
            isKnown = false;
        }
    }

    public IReadOnlyList<ImageTrack> ToTracks() => TrackDraft.Finish(tracks);

    private void Lay(CueMark mark, int fileIndex, long offset, long sector, long count)
    {
        var track = mark.Track;
        if (sector + count > SheetLimits.MaxSectors)
        {
            log.Fail(mark.Line, $"track {track.Number} ends where no disc has sectors");
            return;
        }

        if (track.Kind != TrackKind.Sound && !isKnown && track.Body == SectorBody.User)
        {
            log.Fail(mark.Line, $"where track {track.Number} begins can't be told, since the length of a file before it is not known");
            return;
        }

        if (tracks is not [.., { } draft] || draft.Number != track.Number)
        {
            draft = new(track.Number, track.Session, track.Kind);
            tracks.Add(draft);
        }

        draft.Add(new(sector, count, fileIndex, offset, track.Stride, track.Body), isGap: mark.Index == 0 && begun.Contains(track));
    }

    /// <summary>What is left of a file; what the last sector has in part counts for sound only.</summary>
    private static long CountToEnd(long? length, int? header, long offset, CueMark mark)
    {
        if (length is not { } bytes || header is null)
        {
            return 0;
        }

        var left = Math.Max(0, bytes - offset);
        var stride = mark.Track.Stride;
        return mark.Track.Kind == TrackKind.Sound ? (left + stride - 1) / stride : left / stride;
    }

    /// <summary>How far behind its first mark a track's index 1 lies in the same file.</summary>
    private static long FirstIndexFrames(CueFile file, int index)
    {
        var mark = file.Marks[index];
        var first = file.Marks.Find(other => other.Track == mark.Track && other.Index > 0);
        return Math.Max(0, (first?.Frames ?? mark.Frames) - mark.Frames);
    }

    /// <returns>What lies between two sessions, where a mark begins a new one; else 0.</returns>
    private long SessionGapBefore(CueMark mark, long sector, long pregap)
    {
        if (tracks is not [.., { } last] || last.Session >= mark.Track.Session)
        {
            return 0;
        }

        // Some programs give the lead-out's length here, which is always the same; others give its place.
        var stated = leadOuts.GetValueOrDefault(last.Session);
        var end = stated > sector && !SessionGap.IsLeadOutLength(stated) ? stated : sector;
        return end - sector + SessionGap.After(last.Session) - Math.Min(pregap, SessionGap.Pause);
    }
}
