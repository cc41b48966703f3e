using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>
/// Finds where the blocks of compressed files lie. Each block is a zlib stream of its own between two pointers of a table
/// behind the file's header; a block without bytes is one of zeros. One map serves a volume, so that its limit is for all.
/// </summary>
internal sealed class ZisofsMap(DiscReader disc)
{
    private long blocksLeft = IsoLimits.ZisofsBlocks;

    /// <summary>What kept the last file from being decoded, for people.</summary>
    public string Reason { get; private set; } = "";

    /// <param name="claim">What the file's record says.</param>
    /// <param name="stored">Where the file's bytes lie as they are stored.</param>
    /// <param name="structures">Takes the header and the table.</param>
    /// <returns>
    /// The decoded file's runs: one a block, and one for all blocks of zeros in a row. Null where header, table or pointers
    /// contradict or can't be read: the file is then best kept as it is stored.
    /// </returns>
    public IReadOnlyList<Extent>? Find(ZisofsClaim claim, IReadOnlyList<Extent> stored, List<ByteRange> structures)
    {
        var blocks = ((claim.Size - 1) >> claim.BlockBits) + 1;
        var table = new ByteRange(claim.HeaderBytes, (blocks + 1) * claim.PointerBytes);
        var length = Extent.TotalLength(stored);
        if (table.End > length || blocks > blocksLeft)
        {
            return Refuse(table.End > length ? "its table of blocks has no room in it" : "the volume has too many blocks");
        }

        blocksLeft -= blocks;
        if (Read(stored, new(0, claim.HeaderBytes), structures) is not { } header || !claim.Agrees(header))
        {
            return Refuse("its header can't be read or says something else than its record");
        }

        return Read(stored, table, structures) is { } pointers
            ? Follow(claim, pointers, (int)blocks, stored)
            : Refuse("its table of blocks can't be read");
    }

    private List<Extent>? Follow(ZisofsClaim claim, byte[] pointers, int blocks, IReadOnlyList<Extent> stored)
    {
        var runs = new List<Extent>();
        var cursor = new RunCursor(stored);
        var start = claim.Pointer(pointers, 0);
        if (start < claim.HeaderBytes + pointers.Length)
        {
            return Refuse("a pointer leads into its table of blocks");
        }

        for (var block = 0; block < blocks; block++)
        {
            // A stream of zlib is never much longer than what it encodes; Linux allows twice the block as well.
            var end = claim.Pointer(pointers, block + 1);
            var decoded = Math.Min(claim.BlockBytes, claim.Size - ((long)block << claim.BlockBits));
            if (end < start || end - start > 2L * claim.BlockBytes)
            {
                return Refuse("the pointers to its blocks contradict");
            }

            if (end == start)
            {
                AddZeros(runs, decoded);
            }
            else if (cursor.Find(new(start, end - start)) is { } place)
            {
                runs.Add(new(place, decoded, (int)(end - start)));
            }
            else
            {
                return Refuse("a block lies past its end, or in two pieces");
            }

            start = end;
        }

        return runs;
    }

    private static void AddZeros(List<Extent> runs, long length)
    {
        if (runs is [.., { IsStored: false } last])
        {
            runs[^1] = last with { Length = last.Length + length };
        }
        else
        {
            runs.Add(new(Extent.Nowhere, length));
        }
    }

    /// <returns>Bytes of the stored file; null where one of their sectors can't be read.</returns>
    private byte[]? Read(IReadOnlyList<Extent> stored, ByteRange range, List<ByteRange> structures)
    {
        var bytes = new byte[range.Length];
        long position = 0;
        foreach (var run in stored)
        {
            var part = range.Intersect(new(position, run.Length));
            if (part.Length > 0)
            {
                var place = new ByteRange(run.Start + part.Start - position, part.Length);
                structures.Add(place);
                if (!TryRead(place, bytes.AsSpan((int)(part.Start - range.Start), (int)part.Length)))
                {
                    return null;
                }
            }

            position += run.Length;
        }

        return bytes;
    }

    private bool TryRead(ByteRange place, Span<byte> target)
    {
        var first = place.Start / Sector.Size;
        var count = Sector.Count(place.End) - first;
        if (count == 1)
        {
            var sector = disc.ReadSector(first);
            sector?.AsSpan((int)(place.Start % Sector.Size), target.Length).CopyTo(target);
            return sector is not null;
        }

        if (place.End > disc.LengthBytes)
        {
            return false;
        }

        var sectors = new byte[count * Sector.Size];
        var isRead = disc.TryRead(first, sectors);
        sectors.AsSpan((int)(place.Start % Sector.Size), target.Length).CopyTo(target);
        return isRead;
    }

    private List<Extent>? Refuse(string reason)
    {
        Reason = reason;
        return null;
    }

    /// <summary>Finds ascending ranges of the stored file on the disc, each step onwards from the last.</summary>
    private sealed class RunCursor(IReadOnlyList<Extent> stored)
    {
        private int index;
        private long position;

        /// <returns>The first byte on the disc; null where the range does not lie in one piece.</returns>
        public long? Find(ByteRange range)
        {
            while (index < stored.Count && position + stored[index].Length <= range.Start)
            {
                position += stored[index++].Length;
            }

            return index < stored.Count && range.End <= position + stored[index].Length
                ? stored[index].Start + range.Start - position
                : null;
        }
    }
}
