using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

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

    /// <summary>The last sectors of a track are often none (run-out); where more can't be read the search is dear.</summary>
    private const int UnreadableSectors = 8;

    /// <returns>The copy and where its volume begins; null when there is none.</returns>
    public static (VolumePlace Place, MasterDirectoryBlock Block)? Find(
        DiscReader disc, VolumePlace place, DamageLog damages)
    {
        // A volume may end before its partition or the disc does, by what the writer filled up.
        var last = Math.Min(place.End ?? disc.LengthBytes, disc.LengthBytes) - FromEnd;
        var first = Math.Max(place.Start + FromEnd, last - ((long)HfsLimits.TailSectors * Sector.Size));
        last -= last % Block;
        var unreadable = 0;
        for (var at = last + Block; at > first && unreadable < UnreadableSectors; at -= Block)
        {
            if (disc.ReadSector(at / Sector.Size) is null)
            {
                unreadable++;
                at -= at % Sector.Size; // all its blocks are lost
                continue;
            }

            if (MasterDirectoryBlock.Read(disc, place.Start, at) is { } copy
                && StartOf(disc, place, copy, at) is { } start
                && MasterDirectoryBlock.Read(disc, start, at) is { } spare)
            {
                var lost = new ByteRange(start + FromEnd, MasterDirectoryBlock.Bytes);
                damages.Add(
                    DamageIds.HfsHeaderLost,
                    lost.Start / Sector.Size,
                    "The master directory block can't be used: its copy at the volume's end was.");
                return (place with { Start = start, Structures = [.. place.Structures, lost] }, spare);
            }
        }

        return null;
    }

    /// <summary>
    /// The copy tells the volume's length but for a part of a block, and thus nearly where it begins; it is where its
    /// catalog then begins with a header node.
    /// </summary>
    private static long? StartOf(DiscReader disc, VolumePlace place, MasterDirectoryBlock copy, long at)
    {
        if (BeginsCatalog(disc, copy, 0))
        {
            return place.Start;
        }

        var slack = Math.Min(copy.Grid.BlockSize, Tries / 2 * Block);
        var middle = at + FromEnd - (copy.End - place.Start);
        for (var start = middle - slack; place.End is null && start <= middle + slack; start += Block)
        {
            if (start >= 0 && BeginsCatalog(disc, copy, start - place.Start))
            {
                return start;
            }
        }

        return null;
    }

    private static bool BeginsCatalog(DiscReader disc, MasterDirectoryBlock copy, long shift)
    {
        Span<BlockRun> runs = stackalloc BlockRun[MasterDirectoryBlock.RunsOfRecord];
        copy.CopyCatalogRuns(runs);
        var at = copy.Grid.FirstByte + shift + (runs[0].Start * copy.Grid.BlockSize);
        return at >= 0
            && at <= disc.LengthBytes - Block
            && disc.ReadBytes(new(at, Block)) is { } node
            && (sbyte)node[8] == BTreeNode.HeaderKind
            && BinaryPrimitives.ReadUInt16BigEndian(node.AsSpan(32)) == Block;
    }
}
