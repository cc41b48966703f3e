using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>
/// Which bytes of a disc were read by the attempts before, so that what this one wins is told from what it reads again: the map alone does
/// not say it once it was lost, or its image was.
/// </summary>
internal static class BytesBefore
{
    /// <param name="map">What the maps call read; empty where there are none any more.</param>
    /// <param name="listing">The listing before.</param>
    /// <param name="wrong">Of its files those that are no longer what was written.</param>
    /// <param name="hasGrown">True where the disc has more than was known of it.</param>
    /// <param name="lengthBytes">How long the disc is.</param>
    public static ByteSet Of(ByteSet map, Listing listing, IReadOnlyList<ListedEntry> wrong, bool hasGrown, long lengthBytes)
    {
        var disc = new ByteRange(0, lengthBytes);
        var rotten = wrong.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var (held, missing) = (new List<ByteRange>(), new List<ByteRange>());
        foreach (var entry in listing.Files)
        {
            var isArchived = entry.Sha256 is not null && !rotten.Contains(entry.Path);
            var unread = isArchived ? entry.Lost.Union(entry.Unverified) : ByteSet.Of(new ByteRange(0, entry.Size));
            Sort(entry, unread, held, missing);
        }

        var archived = SectorsOf(held, disc);
        var isAllNamed = !hasGrown && listing is { VolumeFormat: not null, UnreadStructureSectors: 0, LacksNames: false };
        return !map.IsEmpty || !isAllNamed
            ? map.Union(archived)
            : ByteSet.Of(disc).Except(SectorsOf(missing, disc).Except(archived));
    }

    /// <summary>Divides what the disc has of a file into what was read of it and what was not.</summary>
    private static void Sort(ListedEntry entry, ByteSet unread, List<ByteRange> held, List<ByteRange> missing)
    {
        long position = (entry.Preamble?.Length ?? 0) / 2;
        foreach (var extent in entry.Extents ?? [])
        {
            var lost = ByteSet.Of(unread.Within(new(position, extent.Length)).Select(run => StoredOf(extent, run.Start - position, run.End - position)));
            missing.AddRange(lost);
            held.AddRange(ByteSet.Of(extent.Stored).Except(lost));
            position += extent.Length;
        }
    }

    /// <returns>The bytes of the disc that hold a part of a run.</returns>
    private static ByteRange StoredOf(Extent extent, long start, long end) =>
        extent.IsCoded || extent.IsForm2 || !extent.IsStored ? extent.Stored : new(extent.Start + start, end - start);

    /// <summary>A disc is read by whole sectors.</summary>
    private static ByteSet SectorsOf(IEnumerable<ByteRange> ranges, ByteRange disc) => ByteSet.Of(ByteSet.Of(ranges).Within(disc).Select(range =>
    {
        var first = range.Start / Sector.Size;
        return ByteRange.OfSectors(first, Sector.Count(range.End) - first);
    }));
}
