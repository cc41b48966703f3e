namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>A toc-file of cdrdao: text that makes each track of parts of files.</summary>
public sealed class TocSheet : IImageSheet
{
    private readonly IReadOnlyList<TocTrackDraft> drafts;

    private TocSheet(IReadOnlyList<TocTrackDraft> drafts)
    {
        this.drafts = drafts;
        FileNames = [.. drafts.SelectMany(draft => draft.Parts).Select(part => part.File).OfType<string>()
            .Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; }

    /// <param name="bytes">The whole file.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the sheet is of no use.</param>
    public static TocSheet Read(ReadOnlySpan<byte> bytes, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new(SheetText.TryDecode(bytes, log, out var text) ? new TocParser(new(text, log), log).Parse() : []);
    }

    /// <inheritdoc/>
    public ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(log);
        var files = FileNames.Select((name, index) => (name, index)).ToDictionary(file => file.name, file => file.index, StringComparer.Ordinal);
        var next = 0L;
        var tracks = new List<ImageTrack>();
        foreach (var draft in drafts)
        {
            if (log.Fatal is null && Lay(draft, next, files, lengths, log) is { } track)
            {
                tracks.Add(track);
                next = track.End;
            }
        }

        return new("TOC", tracks);
    }

    private ImageTrack? Lay(
        TocTrackDraft draft, long first, Dictionary<string, int> files, IReadOnlyList<long?> lengths, SheetLog log)
    {
        var runs = new List<TrackRun>();
        var (bytes, gapBytes) = (0L, draft.GapSectors * draft.Stride);
        for (var index = 0; index < draft.Parts.Count; index++)
        {
            if (index == draft.GapParts)
            {
                gapBytes = bytes;
            }

            var part = draft.Parts[index];
            var length = LengthOf(part, draft, files, lengths, log);
            if (length / draft.Stride > SheetLimits.MaxSectors || first + ((bytes + length) / draft.Stride) > SheetLimits.MaxSectors)
            {
                log.Fail(part.Line, $"track {draft.Number} ends where no disc has sectors");
                return null;
            }

            // Parts of sound may end within a sector; of data only whole sectors are of use.
            if (part.File is not null && (bytes % draft.Stride == 0 || draft.Kind == TrackKind.Sound))
            {
                runs.Add(new(
                    first + (bytes / draft.Stride), length / draft.Stride, files[part.File], part.Offset, draft.Stride, draft.Body));
            }

            bytes += length;
        }

        gapBytes = draft.GapParts == draft.Parts.Count ? bytes : gapBytes;
        var start = first + (gapBytes / draft.Stride);
        var end = first + ((bytes + draft.Stride - 1) / draft.Stride);
        return new(draft.Number, 1, draft.Kind, Math.Min(start, end), end, [.. runs.Select(run => Behind(run, start)).OfType<TrackRun>()]);
    }

    private long LengthOf(
        TocPart part, TocTrackDraft draft, Dictionary<string, int> files, IReadOnlyList<long?> lengths, SheetLog log)
    {
        if (part.File is null || part.Length is not null)
        {
            if (part.File is not null && lengths[files[part.File]] is null && draft.Kind != TrackKind.Sound)
            {
                log.Fail(part.Line, $"{SheetLog.Quote(part.File)} is not beside the sheet; track {draft.Number}, data, is in it");
            }

            return part.Length ?? 0;
        }

        if (lengths[files[part.File]] is { } length)
        {
            return Math.Max(0, length - part.Offset);
        }

        var text = $"{SheetLog.Quote(part.File)} is not beside the sheet, and its length is not written in it";
        if (drafts.Any(later => later.Number >= draft.Number && later.Kind != TrackKind.Sound))
        {
            log.Fail(part.Line, text + ": where the data behind it lies can't be told");
        }
        else
        {
            log.Note(part.Line, text);
        }

        return 0;
    }

    /// <returns>What of a run lies at <paramref name="start"/> or behind it; null for nothing.</returns>
    private static TrackRun? Behind(TrackRun run, long start)
    {
        var before = Math.Clamp(start - run.Sector, 0, run.Count);
        return before == run.Count ? null : run with
        {
            Sector = run.Sector + before,
            Count = run.Count - before,
            Offset = run.Offset + (before * run.Stride),
        };
    }
}
