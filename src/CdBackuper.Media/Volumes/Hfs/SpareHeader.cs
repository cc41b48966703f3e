using System.Buffers.Binary;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.HfsPlus;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds the copy of HFS's master directory block, in the last but one block of 512 bytes (Inside Macintosh: Files,
/// 2-60), where the first is lost, perhaps with the partition map beside it.
/// </summary>
internal static class SpareHeader
{
    private const int Block = 512;
    private const int FromEnd = 1024;
    private const int Tries = 512;
    private const int NodeSizeAt = 32;
    private const int TotalNodesAt = 36;
    private const int LargestCatalogKey = 37;

    /// <summary>Sectors that writers put behind a volume (150), and that a drive counts too many (2).</summary>
    private static readonly long[] Paddings = [2, 150, 152];

    /// <summary>
    /// The last sectors of a track are often none (run-out); where more can't be read the search is dear.
    /// </summary>
    private const int UnreadableSectors = 8;

    /// <summary>
    /// Finds a volume's own first block where the disc's first sector is lost, and with it the partition map: writers
    /// of discs put the volume near.
    /// </summary>
    /// <returns>Where a volume begins; null where none does.</returns>
    public static long? FindStart(DiscReader disc, long origin)
    {
        var (unreadable, end) = (0, Math.Min(origin + HfsLimits.StartSearchBytes, disc.LengthBytes));
        for (var at = origin + Sector.Size; at < end && unreadable < UnreadableSectors; at += Block)
        {
            var start = at - FromEnd;
            if (disc.ReadSector(at / Sector.Size) is null)
            {
                unreadable++;
                at += Sector.Size - Block - (at % Sector.Size);
            }
            else if (VolumeHeader.Read(disc, start, at) is not null
                || (MasterDirectoryBlock.Read(disc, start, at) is { } block && BeginsCatalog(disc, block)))
            {
                return start;
            }
        }

        return null;
    }

    /// <returns>Where something like the copy of a header of HFS or HFS+ stands at the disc's end; null where nothing does. Reads five sectors.</returns>
    public static long? FindAny(DiscReader disc, long origin)
    {
        var end = Sector.Count(disc.LengthBytes);
        foreach (var sector in new[] { end - 1, end - 2 }.Concat(Paddings.Select(padding => end - 1 - padding)))
        {
            for (var at = sector * Sector.Size; at < (sector + 1) * Sector.Size && at > origin + FromEnd && disc.ReadSector(sector) is not null; at += Block)
            {
                if (VolumeHeader.Read(disc, origin, at) is not null || MasterDirectoryBlock.Read(disc, origin, at) is not null)
                {
                    return at;
                }
            }
        }

        return null;
    }

    /// <returns>The copy and where its volume begins; null when there is none.</returns>
    public static (VolumePlace Place, MasterDirectoryBlock Block)? Find(
        DiscReader disc, VolumePlace place, DamageLog damages)
    {
        // A volume may end before its partition or the disc does, by what the writer filled up.
        var last = Math.Min(place.End ?? disc.LengthBytes, disc.LengthBytes) - FromEnd;
        var first = Math.Max(place.Start + FromEnd, last - ((long)HfsLimits.TailSectors * Sector.Size));
        last -= last % Block;
        var unreadable = 0;
        MasterDirectoryBlock? lone = null;
        for (var at = last + Block; at > first && unreadable < UnreadableSectors; at -= Block)
        {
            if (disc.ReadSector(at / Sector.Size) is null)
            {
                unreadable++;
                at -= at % Sector.Size; // all its blocks are lost
                continue;
            }

            if (MasterDirectoryBlock.Read(disc, place.Start, at) is { } copy)
            {
                if ((Shifted(disc, place, copy, at) ?? WithFoundCatalog(disc, copy, at)) is { } spare)
                {
                    return Used(place, spare, damages);
                }

                lone ??= IsAtEndOf(copy, at) ? copy : null;
            }
        }

        // the catalog's first node is lost too: the copy stands where it should
        return lone is null ? null : Used(place, lone, damages);
    }

    private static (VolumePlace Place, MasterDirectoryBlock Block) Used(VolumePlace place, MasterDirectoryBlock spare, DamageLog damages)
    {
        var start = spare.VolumeStart;
        var lost = new ByteRange(start + FromEnd, MasterDirectoryBlock.Bytes);
        damages.Add(
            DamageIds.HfsHeaderLost,
            lost.Start / Sector.Size,
            "The master directory block can't be used: its copy at the volume's end was.");
        return (place with { Start = start, Structures = [.. place.Structures, lost] }, spare);
    }

    private static bool IsAtEndOf(MasterDirectoryBlock copy, long at) =>
        Math.Abs(at + FromEnd - copy.End) <= copy.Grid.BlockSize + FromEnd;

    /// <summary>
    /// The copy tells the volume's length but for a part of a block, and thus nearly where it begins; it is where its
    /// catalog then begins with a header node.
    /// </summary>
    private static MasterDirectoryBlock? Shifted(
        DiscReader disc, VolumePlace place, MasterDirectoryBlock copy, long at)
    {
        if (BeginsCatalog(disc, copy))
        {
            return copy;
        }

        var slack = Math.Min(copy.Grid.BlockSize, Tries / 2 * Block);
        var middle = at + FromEnd - (copy.End - place.Start);
        for (var start = middle - slack; place.End is null && start <= middle + slack; start += Block)
        {
            if (start >= 0 && MasterDirectoryBlock.Read(disc, start, at) is { } shifted && BeginsCatalog(disc, shifted))
            {
                return shifted;
            }
        }

        return null;
    }

    /// <summary>
    /// genisoimage moves the catalog behind the files and tells the first block alone, not the copy: so it is looked
    /// for before the copy, by its length.
    /// </summary>
    private static MasterDirectoryBlock? WithFoundCatalog(DiscReader disc, MasterDirectoryBlock copy, long at)
    {
        if (!IsAtEndOf(copy, at))
        {
            return null;
        }

        var (unreadable, first) = (0, Math.Max(copy.Grid.FirstByte, at - HfsLimits.CatalogSearchBytes));
        for (var start = at - Block; start >= first && unreadable < UnreadableSectors; start -= Block)
        {
            if (disc.ReadSector(start / Sector.Size) is null)
            {
                unreadable++;
                start -= start % Sector.Size;
            }
            else if (IsCatalogHeader(disc, start)
                && disc.ReadBytes(new(start + TotalNodesAt, 4)) is { } nodes
                && BinaryPrimitives.ReadUInt32BigEndian(nodes) == copy.CatalogBytes / Block)
            {
                return copy.WithCatalogAt(start);
            }
        }

        return null;
    }

    /// <returns>True where a catalog begins where the block says.</returns>
    public static bool BeginsCatalog(DiscReader disc, MasterDirectoryBlock block)
    {
        Span<BlockRun> runs = stackalloc BlockRun[MasterDirectoryBlock.RunsOfRecord];
        block.CopyCatalogRuns(runs);
        return IsCatalogHeader(disc, block.Grid.FirstByte + (runs[0].Start * block.Grid.BlockSize));
    }

    private static bool IsCatalogHeader(DiscReader disc, long at) =>
        at >= 0
        && at <= disc.LengthBytes - Block
        && disc.ReadBytes(new(at, Block)) is { } node
        && (sbyte)node[8] == BTreeNode.HeaderKind
        && BinaryPrimitives.ReadUInt16BigEndian(node.AsSpan(NodeSizeAt)) == Block
        && BinaryPrimitives.ReadUInt16BigEndian(node.AsSpan(NodeSizeAt + 2)) == LargestCatalogKey;
}
