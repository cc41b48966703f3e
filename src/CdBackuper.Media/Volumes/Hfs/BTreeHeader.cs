using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>What the header node of a B-tree says (Inside Macintosh: Files, 2-68; TN1150, "Header Record").</summary>
internal sealed record BTreeHeader(int NodeSize, uint Root, uint FirstLeaf, uint LastLeaf, uint LeafRecords)
{
    /// <summary>Bytes of a node of HFS; of the header node alone, enough for its first record.</summary>
    private const int SmallestNode = 512;
    private const int LargestNode = 32 << 10;
    private const int Sampled = 8;

    /// <summary>The smallest node of a catalog of HFS+ that Mac OS makes ("B-Trees", node size).</summary>
    private const int UsualNode = 4096;

    /// <summary>Levels of a tree; real ones have at most 8.</summary>
    private const int Highest = 16;

    /// <returns>Null when node 0 can't be read or is no header node.</returns>
    public static BTreeHeader? Read(ForkReader fork, bool isWide)
    {
        Span<byte> node = stackalloc byte[SmallestNode];
        if (!fork.TryRead(0, node) || (sbyte)node[8] != BTreeNode.HeaderKind)
        {
            return null;
        }

        var record = node[BTreeNode.DescriptorBytes..];
        int nodeSize = BinaryPrimitives.ReadUInt16BigEndian(record[18..]);
        if (!IsNodeSize(nodeSize) || (!isWide && nodeSize != SmallestNode))
        {
            return null;
        }

        return new(
            nodeSize,
            BinaryPrimitives.ReadUInt32BigEndian(record[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(record[10..]),
            BinaryPrimitives.ReadUInt32BigEndian(record[14..]),
            BinaryPrimitives.ReadUInt32BigEndian(record[6..]));
    }

    /// <returns>
    /// The smallest size of node at which most of the file's first nodes look like nodes, since the header is lost: two
    /// nodes together look like one, half of one does not. Where the end of the first half looks like the end of one by chance, the second
    /// half still has no head.
    /// </returns>
    public static int GuessNodeSize(ForkReader fork, bool isWide)
    {
        var (guess, most, second) = (0, 0, 0);
        for (var size = LargestNode; isWide && size >= SmallestNode; size /= 2)
        {
            var (count, odd) = CountNodes(fork, size);
            second = count > 0 ? size : second;
            if (odd > 0 && count * 2 >= most)
            {
                (guess, most) = (size, Math.Max(most, count));
            }
        }

        return guess > 0 ? guess : second > 0 ? second : isWide ? UsualNode : SmallestNode;
    }

    private static (int Count, int Odd) CountNodes(ForkReader fork, int size)
    {
        Span<byte> start = stackalloc byte[BTreeNode.DescriptorBytes];
        var (count, odd) = (0, 0);
        for (var node = 1; node <= Sampled; node++)
        {
            var offset = (long)node * size;
            if (fork.TryRead(offset, start) && LooksLikeNode(fork, start, offset, size))
            {
                count++;
                odd += node % 2;
            }
        }

        return (count, odd);
    }

    /// <summary>
    /// The descriptor says what nodes say; the first record stands behind it, and the table of offsets, at the very end, says so.
    /// </summary>
    private static bool LooksLikeNode(ForkReader fork, ReadOnlySpan<byte> start, long offset, int size)
    {
        Span<byte> last = stackalloc byte[2];
        int records = BinaryPrimitives.ReadUInt16BigEndian(start[10..]);
        var isOfKind = (sbyte)start[8] switch
        {
            BTreeNode.LeafKind => start[9] == 1,
            BTreeNode.IndexKind => start[9] is > 1 and <= Highest,
            BTreeNode.MapKind => start[9] == 0,
            _ => false,
        };
        var nodes = fork.Length / size;
        return isOfKind
            && BinaryPrimitives.ReadUInt32BigEndian(start) < nodes
            && BinaryPrimitives.ReadUInt32BigEndian(start[4..]) < nodes
            && start[12] == 0 && start[13] == 0
            && records > 0
            && records * 4 < size
            && fork.TryRead(offset + size - 2, last)
            && BinaryPrimitives.ReadUInt16BigEndian(last) == BTreeNode.DescriptorBytes;
    }

    private static bool IsNodeSize(int size) => size is >= SmallestNode and <= LargestNode && int.IsPow2(size);
}
