namespace CdBackuper.Media.Images;

/// <summary>A track while its parts are put together.</summary>
internal sealed class TrackDraft(int number, int session, TrackKind kind)
{
    private readonly List<TrackRun> runs = [];
    private long? start;
    private long end;

    public int Number => number;

    public int Session => session;

    /// <param name="run">Sectors of the track; those of a gap take room on the disc and are nobody's.</param>
    /// <param name="isGap">True before index 1.</param>
    public void Add(TrackRun run, bool isGap)
    {
        end = run.End;
        if (isGap)
        {
            return;
        }

        start ??= run.Sector;
        if (run.Count == 0)
        {
            return;
        }

        // Index 2 and those behind it do not part a track.
        if (runs is [.., { } last] && last.File == run.File && last.End == run.Sector
            && last.Stride == run.Stride && last.Offset + (last.Count * last.Stride) == run.Offset)
        {
            runs[^1] = last with { Count = last.Count + run.Count };
        }
        else
        {
            runs.Add(run);
        }
    }

    /// <returns>The tracks; one that has only a gap begins behind it.</returns>
    public static IReadOnlyList<ImageTrack> Finish(IEnumerable<TrackDraft> drafts) =>
        [.. drafts.Select(draft => draft.Finish())];

    private ImageTrack Finish() => new(number, session, kind, start ?? end, end, runs);
}
