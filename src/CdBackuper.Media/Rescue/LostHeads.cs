using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Media.Rescue;

/// <summary>
/// Where a file system must begin that nobody found: at a track of data that no volume reaches, and before data that follows
/// on a gap between two sessions and that no volume reaches either. Where no table of contents tells of sessions, also one may
/// lie in an end of the disc that does not read.
/// </summary>
public static class LostHeads
{
    /// <summary>What lies before a session's descriptors (16 sectors), and those; no less than ddrescue reads at once.</summary>
    private const long HeadSectors = 32;

    /// <summary>A gap between sessions is 6,900 sectors or more, of which a drive may read the pre-gaps.</summary>
    private const long ShortestGap = DataDomain.LaterGap - 900;

    /// <summary>A pre-gap before a session; padding of 150 sectors and two run-out blocks behind the last one.</summary>
    private const long Padding = 152;

    /// <summary>The longest end of a disc that is no session for sure: padding (150 sectors), run-out (2), and 150 that some drives count.</summary>
    internal const long LongestEnd = 302;

    /// <summary>What a session ends with, where the disc ends with it: padding, and as many sectors of its own as ddrescue reads at once.</summary>
    private const long LastBytes = (Padding + HeadSectors) * Sector.Size;

    /// <summary>What a disc that is written on begins its next session with, and as many as ddrescue reads at once at its end, where its table lies.</summary>
    private const long LaterSectors = 64;

    /// <summary>
    /// Where the last volume is one that goes on behind its end: the places that tell whether it does. All else there is known by then, or no
    /// read gives it.
    /// </summary>
    /// <param name="volumes">Every volume that was found; not empty.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    public static ByteSet LaterStates(IReadOnlyList<IVolume> volumes, long lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        var end = Spans(volumes).Max(span => span.End);
        return volumes.FirstOrDefault(volume => volume.Later?.Start >= end)?.Later is not { } later
            ? ByteSet.Empty
            : ByteSet.Of(
                new ByteRange(later.Start, LaterSectors * Sector.Size),
                new ByteRange(lengthBytes - (RescueNeeds.ReadSectors * Sector.Size), RescueNeeds.ReadSectors * Sector.Size))
                .Intersect(ByteSet.Of(later));
    }

    /// <param name="volumes">Every volume that was found.</param>
    /// <param name="content">All of them as one.</param>
    /// <param name="read">Every byte of the disc that was read.</param>
    /// <param name="trackStarts">Where tracks of data begin, in sectors.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    /// <returns>What is unread of such heads; empty where none is missing, or all of it was read and holds no file system.</returns>
    public static ByteSet Of(
        IReadOnlyList<IVolume> volumes, IVolume content, ByteSet read, IReadOnlyList<long> trackStarts, long lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(trackStarts);
        var unread = ByteSet.Of(new ByteRange(0, lengthBytes)).Except(read);
        if (unread.IsEmpty)
        {
            return ByteSet.Empty;
        }

        var reached = Reached(volumes, content, lengthBytes);

        // Without a table of contents the disc begins at its first sector; what begins further on alone is another session, or the first one of a
        // medium that has grown, whose newest descriptors lie in the head.
        IReadOnlyList<long> starts = trackStarts.Count == 0 && volumes.All(volume => volume.SessionStart > 0) ? [0] : trackStarts;
        var heads = Unreached(starts, reached)
            .Select(start => ByteRange.OfSectors(start, HeadSectors))
            .Concat(BehindGaps(unread, reached, trackStarts.Count == 0 ? LongestEnd + 1 : ShortestGap, lengthBytes))
            .Concat(Ends(unread, reached, trackStarts, lengthBytes).Select(end => new ByteRange(end.End - LastBytes, LastBytes)));
        return ByteSet.Of(heads).Intersect(unread);
    }

    /// <returns>
    /// The end of the disc, where nothing of it was read, no volume reaches and it is longer than run-out: without table of contents
    /// nobody knows whether a session lies there. Else empty.
    /// </returns>
    internal static ByteSet UnknownEnd(
        IReadOnlyList<IVolume> volumes, IVolume content, ByteSet unread, IReadOnlyList<long> trackStarts, long lengthBytes) =>
        ByteSet.Of(Ends(unread, Reached(volumes, content, lengthBytes), trackStarts, lengthBytes));

    /// <returns>
    /// All of the tracks of data that no volume reaches, without the padding at the disc's end: every byte of them may be of worth.
    /// </returns>
    /// <inheritdoc cref="Of"/>
    public static ByteSet UnknownTracks(IReadOnlyList<IVolume> volumes, IVolume content, IReadOnlyList<long> trackStarts, long lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(trackStarts);
        return ByteSet.Of(Unreached(trackStarts, Reached(volumes, content, lengthBytes)).Select(start =>
        {
            var next = trackStarts.Where(other => other > start).DefaultIfEmpty((lengthBytes / Sector.Size) - Padding).Min();
            return ByteRange.OfSectors(start, Math.Max(0, next - start));
        }));
    }

    private static IEnumerable<long> Unreached(IReadOnlyList<long> trackStarts, ByteSet reached) =>
        trackStarts.Where(start => !reached.Contains(ByteRange.OfSectors(start, 1)));

    private static ByteSet Reached(IReadOnlyList<IVolume> volumes, IVolume content, long lengthBytes) => ByteSet.Of(Spans(volumes)
        .Concat(content.Structures)
        .Concat(content.Entries.Where(entry => entry.Extents is not null).SelectMany(entry => entry.Extents!.Select(extent => extent.Stored))))
        .Intersect(ByteSet.Of(new ByteRange(0, lengthBytes)));

    /// <returns>What the volumes say that they reach over.</returns>
    internal static IEnumerable<ByteRange> Spans(IEnumerable<IVolume> volumes) => volumes.Select(volume =>
    {
        var start = volume.SessionStart * Sector.Size;
        return new ByteRange(start, Math.Max(0, volume.LengthBytes - start));
    });

    /// <returns>At most one.</returns>
    private static IEnumerable<ByteRange> Ends(ByteSet unread, ByteSet reached, IReadOnlyList<long> trackStarts, long lengthBytes) =>
        unread.Except(reached).Where(run => trackStarts.Count == 0 && run.End == lengthBytes && run.Length > LongestEnd * Sector.Size);

    /// <param name="unread">What was not read.</param>
    /// <param name="reached">What the volumes reach.</param>
    /// <param name="shortestGap">The shortest gap between sessions, in sectors.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    private static IEnumerable<ByteRange> BehindGaps(ByteSet unread, ByteSet reached, long shortestGap, long lengthBytes)
    {
        foreach (var gap in unread.Except(reached).Where(run => run.Length >= shortestGap * Sector.Size))
        {
            // Up to the next volume, which would begin at once if the gap were its own.
            var next = reached.Within(new(gap.End, lengthBytes - gap.End)).Select(run => run.Start).FirstOrDefault(lengthBytes);
            var behind = next - gap.End - unread.Within(new(gap.End, next - gap.End)).Sum(run => run.Length);
            if (behind > (next < lengthBytes ? Padding * Sector.Size : 0))
            {
                yield return new(gap.End - (HeadSectors * Sector.Size), HeadSectors * Sector.Size);
            }
        }
    }
}
