using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>Where a disc may hold data, as its table of contents says, and where file systems begin there.</summary>
public static class DataDomain
{
    /// <summary>Lead-out (6,750), lead-in (4,500) and pre-gap (150 sectors) between the first session and the second.</summary>
    public const long FirstGap = 11_400;

    /// <summary>The lead-out of a later session is shorter by 4,500 sectors.</summary>
    public const long LaterGap = 6_900;

    /// <summary>Lead-in and pre-gap, which each session has before its first track.</summary>
    private const long LeastGap = 4_650;

    /// <summary>The pre-gap of a track of another kind than the one before it: two seconds (ECMA-130 §20.2).</summary>
    private const long PreGap = 150;

    /// <summary>The disc's head, by which it is identified and which is read first: the descriptors, and on most discs the first folders.</summary>
    public const long HeadSectors = 300;

    /// <summary>Of a later session: what lies before its descriptors (16), and those.</summary>
    private const long SessionHeadSectors = 48;

    /// <summary>UDF's last anchor, at N or N - 256, and the virtual allocation table, in the last blocks that were written.</summary>
    private const long TailSectors = 20;

    /// <summary>Where UDF has its anchors (ECMA-167 3/8.4.2.1), counted from the start and from the end.</summary>
    private static readonly long[] Anchors = [256, 512];

    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="toc">Its table of contents; null for none.</param>
    /// <param name="gaps">What is otherwise known not to hold data.</param>
    /// <returns>What may hold data: without sound, without what lies between sessions. All of a disc without table of contents, or with one that leaves nothing.</returns>
    public static ByteSet Of(long lengthBytes, Toc? toc, ByteSet gaps)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        var all = ByteSet.Of(new ByteRange(0, lengthBytes));
        var data = toc is null ? all : all.Except(ByteSet.Of(WithoutData(toc)));
        return (data.IsEmpty ? all : data).Except(gaps);
    }

    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="toc">Its table of contents; null for none.</param>
    /// <returns>Where descriptors may lie, before any was read.</returns>
    public static ByteSet MetadataPlaces(long lengthBytes, Toc? toc)
    {
        var end = Sector.Count(lengthBytes);
        List<ByteRange> places = [ByteRange.OfSectors(0, HeadSectors), From(end - TailSectors, TailSectors)];
        foreach (var anchor in Anchors)
        {
            places.Add(From(anchor, 1));
            places.Add(From(end - 1 - anchor, 1));
        }

        foreach (var track in toc?.Tracks ?? [])
        {
            if (track is { IsData: true, StartSector: > 0 })
            {
                places.Add(ByteRange.OfSectors(track.StartSector, SessionHeadSectors));
                places.Add(ByteRange.OfSectors(track.StartSector + Anchors[0], 1));
            }
        }

        return ByteSet.Of(places).Intersect(ByteSet.Of(new ByteRange(0, lengthBytes)));
    }

    private static ByteRange From(long sector, long count) => sector < 0 ? default : ByteRange.OfSectors(sector, count);

    private static IEnumerable<ByteRange> WithoutData(Toc toc)
    {
        var tracks = toc.Tracks;
        for (var index = 0; index < tracks.Count; index++)
        {
            var next = index + 1 < tracks.Count ? tracks[index + 1].StartSector : toc.LeadOutSector;
            var start = tracks[index].StartSector;
            if (!tracks[index].IsData)
            {
                var before = index > 0 && tracks[index - 1].IsData ? PreGap : 0;
                yield return Between(start - before, next);
            }
        }

        foreach (var end in toc.SessionEnds)
        {
            // Where a track follows sooner than a session can, the drive's word is not to be believed.
            var next = tracks.Select(track => track.StartSector).Where(start => start > end).DefaultIfEmpty(0).Min();
            yield return next - end < LeastGap ? default : Between(end, next);
        }

        if (toc.LastSessionStart is { } session)
        {
            // Also where the drive does not tell where sessions end. Of three and more the shorter gap is sure.
            var isSecond = tracks.Count(track => track.StartSector < session) == 1;
            yield return Between(session - (isSecond ? FirstGap : LaterGap), session);
        }
    }

    private static ByteRange Between(long start, long end)
    {
        var first = Math.Max(0, start);
        return end <= first ? default : ByteRange.OfSectors(first, end - first);
    }
}
