using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.HfsPlus;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds the Macintosh's volumes: at the disc's start, beside ISO 9660, which leaves the first 32 KiB free, and in the
/// partitions of an Apple partition map. A disc without any costs the sectors that would tell, one or two a track.
/// </summary>
internal static class HfsReader
{
    /// <summary>Where a volume has its master directory block or volume header, from its start.</summary>
    public const int HeaderAt = 1024;

    /// <param name="source">The disc or image.</param>
    /// <param name="options">What else is known of it.</param>
    /// <param name="others">Its volumes of other kinds.</param>
    /// <returns>The volumes of HFS, HFS+ and HFSX, in the order of the partition map.</returns>
    public static IEnumerable<IVolume> FindAll(ISectorSource source, ReadingOptions options, IReadOnlyList<IVolume> others)
    {
        var disc = new DiscReader(source);
        var (found, missing) = (new HashSet<long>(), new List<Volume>());
        foreach (var origin in Origins(options))
        {
            var known = found.Count;
            foreach (var entry in PartitionMap.Find(disc, origin))
            {
                VolumePlace[] places = [.. entry.Places.Select(place => new VolumePlace(place.Start, place.End, origin / Sector.Size, entry.Structures))];
                if (ReadFirst(disc, places, found, options) is { } mapped)
                {
                    found.Add(mapped.Start);
                    yield return mapped.Volume;
                }
                else if (!places.Any(place => found.Contains(place.Start)))
                {
                    missing.Add(ReadLost(disc, places, options, others) ?? Missing(entry, origin / Sector.Size));
                }
            }

            // what the map leads to is not looked for again: a lost start leaves a copy that any search would find
            if (found.Count == known && !found.Contains(origin) && ReadBare(disc, origin, options, others, isFirst: known + missing.Count == 0) is { } bare)
            {
                found.Add(origin);
                yield return bare;
            }
        }

        foreach (var volume in missing)
        {
            yield return volume;
        }
    }

    private static Volume? ReadBare(DiscReader disc, long origin, ReadingOptions options, IReadOnlyList<IVolume> others, bool isFirst)
    {
        var place = new VolumePlace(origin, null, origin / Sector.Size, []);
        return Read(disc, place, options)
            ?? BlankStart.Read(disc, place, options, others)
            ?? (isFirst && origin == 0 ? LostVolume.Read(disc, place, options, others) : null);
    }

    private static Volume Missing(PartitionMap.Partition entry, long session) => Volume.Missing(
        FileSystemKind.Hfs,
        session,
        ByteSet.Of(entry.Structures),
        [
            new(
                DamageIds.HfsPartitionLost,
                entry.At / Sector.Size,
                entry.Places is [var first, ..]
                    ? $"The partition map names a Macintosh volume at byte {first.Start}, where none can be read."
                    : "An entry of the partition map is lost: a Macintosh volume may be missing."),
        ]);

    /// <summary>The starts of the tracks, in bytes; the disc's own among them.</summary>
    private static IEnumerable<long> Origins(ReadingOptions options)
    {
        IEnumerable<long> starts = options.IsFirstSessionOnly ? [0] : [0, .. options.KnownStarts];
        return starts.Where(start => start is >= 0 and <= int.MaxValue).Distinct().Order().Take(HfsLimits.Bases)
            .Select(start => start * Sector.Size);
    }

    /// <summary>
    /// Which block the numbers of a map count is not known for certain: a place that has a header is right, and only where none has, one that
    /// lost it.
    /// </summary>
    /// <returns>Null where there is none, or it was found before.</returns>
    private static (long Start, Volume Volume)? ReadFirst(DiscReader disc, VolumePlace[] places, HashSet<long> found, ReadingOptions options)
    {
        var right = Array.FindIndex(places, place => HasHeader(disc, place));
        foreach (var place in right < 0 ? places : [places[right]])
        {
            if (!found.Contains(place.Start) && Read(disc, place, options) is { } volume)
            {
                return (place.Start, volume);
            }
        }

        return null;
    }

    /// <returns>What is left of a volume without header and copy; null where it lies in none of the places, or may lie in several.</returns>
    private static Volume? ReadLost(DiscReader disc, VolumePlace[] places, ReadingOptions options, IReadOnlyList<IVolume> others)
    {
        Volume[] found = [.. places.Select(place => LostVolume.Read(disc, place, options, others)).OfType<Volume>()];
        Volume[] read = [.. found.Where(volume => volume.Entries.Count > 0)];
        return read.Length == 1 ? read[0] : read.Length == 0 ? found.FirstOrDefault() : null;
    }

    private static bool HasHeader(DiscReader disc, VolumePlace place) =>
        MasterDirectoryBlock.Read(disc, place.Start, place.Start + HeaderAt) is not null || VolumeHeader.Read(disc, place.Start, place.Start + HeaderAt) is not null;

    private static Volume? Read(DiscReader disc, VolumePlace place, ReadingOptions options)
    {
        var damages = new DamageLog();
        if (MasterDirectoryBlock.Read(disc, place.Start, place.Start + HeaderAt) is { } block)
        {
            return ReadHfs(disc, place, block, options, damages);
        }

        if (MasterDirectoryBlock.ReadDamaged(disc, place.Start, place.Start + HeaderAt) is { } damaged && SpareHeader.BeginsCatalog(disc, damaged))
        {
            damages.Add(DamageIds.HfsHeaderLost, damaged.Place.Start / Sector.Size, "The signature of the master directory block is damaged; what it leads to is a catalog, and it was used.");
            return ReadHfs(disc, place, damaged, options, damages);
        }

        if (HfsPlusVolume.Read(disc, place, damages) is { } plus)
        {
            return plus;
        }

        // A header that was read and is none says that there is no volume, but for a partition that is said to hold one; one that is lost
        // leaves its copy. For one that is blank see BlankStart.
        var header = (place.Start + HeaderAt) / Sector.Size;
        if (header * Sector.Size >= disc.LengthBytes || (place.End is null && disc.ReadSector(header) is not null))
        {
            return null;
        }

        if (place.End is null && SpareHeader.FindStart(disc, place.Start) is { } start)
        {
            var lost = ByteRange.OfSectors(header, 1);
            var near = place with { Start = start, Structures = [.. place.Structures, lost] };
            damages.Add(
                DamageIds.StructureUnreadable,
                header,
                "The disc's first sector can't be read: a volume was found behind it by a search.");
            return MasterDirectoryBlock.Read(disc, start, start + HeaderAt) is { } moved
                ? ReadHfs(disc, near, moved, options, damages)
                : HfsPlusVolume.Read(disc, near, damages);
        }

        return SpareHeader.Find(disc, place, damages) is { } spare
            ? ReadHfs(disc, spare.Place, spare.Block, options, damages)
            : null;
    }

    /// <summary>Reads a volume of HFS, or the one of HFS+ that it is a wrapper of.</summary>
    internal static Volume ReadHfs(
        DiscReader disc, VolumePlace place, MasterDirectoryBlock block, ReadingOptions options, DamageLog damages)
    {
        if (ReadEmbedded(disc, place, block, damages) is { } plus)
        {
            return plus;
        }

        if (block.IsWrapper)
        {
            if (ReadSpare(disc, place, options, mustBePlus: true) is { } inner)
            {
                return inner;
            }

            damages.Add(
                DamageIds.HfsHeaderLost,
                (block.Embedded?.Start ?? block.Place.Start) / Sector.Size,
                "The volume is but a wrapper around one of HFS+ (TN1150, \"HFS Wrapper\"), of which neither the header nor its copy is there.");
        }

        if (block.End > disc.LengthBytes)
        {
            damages.Add(
                DamageIds.VolumeTruncated,
                block.Place.Start / Sector.Size,
                $"The volume says that it ends at byte {block.End}, the disc or image has {disc.LengthBytes}.");
        }

        var volume = HfsVolume.Read(disc, place, block, options.NameEncoding, damages);
        volume = volume.Entries.Count == 0 && volume.IsIncomplete ? ReadSpare(disc, place, options, mustBePlus: false) ?? volume : volume;
        return block.IsWrapper ? volume with { IsIncomplete = true } : volume;
    }

    /// <returns>Null where the volume is no wrapper, or that of HFS+ can't be read.</returns>
    private static Volume? ReadEmbedded(DiscReader disc, VolumePlace place, MasterDirectoryBlock block, DamageLog damages)
    {
        if (block.Embedded is not { } embedded)
        {
            return null;
        }

        if (!block.IsWrapper)
        {
            // Sizes of caches stand there where it is none (Inside Macintosh: Files, 2-62).
            if (VolumeHeader.Read(disc, embedded.Start, embedded.Start + HeaderAt) is null)
            {
                return null;
            }

            damages.Add(DamageIds.HfsHeaderLost, block.Place.Start / Sector.Size, "A volume of HFS does not say that it is a wrapper around one of HFS+, and has one: it was read.");
        }

        return HfsPlusVolume.Read(
            disc, place with { Start = embedded.Start, End = embedded.End, Structures = [.. place.Structures, block.Place] }, damages);
    }

    /// <summary>Reads by the copy of the master directory block, where the first leads nowhere.</summary>
    private static Volume? ReadSpare(DiscReader disc, VolumePlace place, ReadingOptions options, bool mustBePlus)
    {
        var damages = new DamageLog();
        return SpareHeader.Find(disc, place, damages) is not { } spare ? null
            : ReadEmbedded(disc, spare.Place, spare.Block, damages)
            ?? (!mustBePlus && HfsVolume.Read(disc, spare.Place, spare.Block, options.NameEncoding, damages) is { Entries.Count: > 0 } volume ? volume : null);
    }
}
