using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>What the header node of a B-tree says (Inside Macintosh: Files, 2-68; TN1150, "Header Record").</summary>
internal sealed record BTreeHeader(int NodeSize, uint Root, uint FirstLeaf, uint LastLeaf, uint LeafRecords)
{
    /// <summary>Bytes of a node of HFS; of the header node alone, enough for its first record.</summary>
    private const int SmallestNode = 512;
    private const int LargestNode = 32 << 10;
    private const int Sampled = 8;

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
    /// nodes together look like one, half of one does not.
    /// </returns>
    public static int GuessNodeSize(ForkReader fork, bool isWide)
    {
        var (guess, most) = (SmallestNode, 0);
        for (var size = LargestNode; isWide && size >= SmallestNode; size /= 2)
        {
            var count = CountNodes(fork, size);
            if (count > 0 && count * 2 >= most)
            {
                (guess, most) = (size, Math.Max(most, count));
            }
        }

        return guess;
    }

    private static int CountNodes(ForkReader fork, int size)
    {
        Span<byte> start = stackalloc byte[BTreeNode.DescriptorBytes];
        var count = 0;
        for (var node = 1; node <= Sampled; node++)
        {
            var offset = (long)node * size;
            count += fork.TryRead(offset, start) && LooksLikeNode(fork, start, offset, size) ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// The first record stands behind the descriptor, and the table of offsets, at the very end, says so.
    /// </summary>
    private static bool LooksLikeNode(ForkReader fork, ReadOnlySpan<byte> start, long offset, int size)
    {
        Span<byte> last = stackalloc byte[2];
        int records = BinaryPrimitives.ReadUInt16BigEndian(start[10..]);
        return (sbyte)start[8] is BTreeNode.LeafKind or BTreeNode.IndexKind or BTreeNode.MapKind
            && records > 0
            && records * 4 < size
            && fork.TryRead(offset + size - 2, last)
            && BinaryPrimitives.ReadUInt16BigEndian(last) == BTreeNode.DescriptorBytes;
    }

    private static bool IsNodeSize(int size) => size is >= SmallestNode and <= LargestNode && int.IsPow2(size);
}
