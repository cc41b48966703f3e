using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds B-trees by their header nodes (Inside Macintosh: Files, 2-68; TN1150, "Header Record"), which tell by the length of the longest key
/// of what kind the tree is.
/// </summary>
internal static class TreeSearch
{
    /// <summary>The longest keys of the catalog and the extents overflow file, of HFS and of HFS+, and of the attributes file.</summary>
    public const int HfsCatalogKey = 37;
    public const int HfsOverflowKey = 7;
    public const int PlusCatalogKey = 516;
    public const int PlusOverflowKey = 10;
    public const int PlusAttributesKey = 266;

    private const int Unit = 512;
    private const int LargestNode = 32 << 10;
    private const int Deepest = 16;

    /// <summary>A drive takes seconds over each, and where so many are lost no tree is left.</summary>
    private const int UnreadableSectors = 64;

    /// <param name="At">Where its file begins.</param>
    /// <param name="NodeSize">Bytes of a node.</param>
    /// <param name="Nodes">How many it has, the free ones among them.</param>
    /// <param name="LargestKey">Bytes of its longest key.</param>
    public readonly record struct FoundTree(long At, int NodeSize, long Nodes, int LargestKey)
    {
        public long LengthBytes => NodeSize * Nodes;
    }

    /// <returns>The trees that begin in those bytes of the disc, in order.</returns>
    public static IReadOnlyList<FoundTree> Find(DiscReader disc, IEnumerable<ByteRange> ranges)
    {
        var (found, window, unreadable) = (new List<FoundTree>(), new SectorWindow(disc), 0);
        var node = new byte[Unit];
        foreach (var range in ranges)
        {
            for (var at = (range.Start + Unit - 1) / Unit * Unit; at < range.End && unreadable < UnreadableSectors; at += Unit)
            {
                if (!window.TryRead(at, node, range.End))
                {
                    unreadable++;
                    at += Sector.Size - Unit - (at % Sector.Size);
                }
                else if (Read(node, at) is { } tree)
                {
                    found.Add(tree);
                }
            }
        }

        return found;
    }

    private static FoundTree? Read(ReadOnlySpan<byte> node, long at)
    {
        // no other node beside it, of kind 1 and height 0, with three records
        if (node[8] != BTreeNode.HeaderKind || node[9] != 0 || node[10] != 0 || node[11] != 3 || node[4..8].ContainsAnyExcept((byte)0))
        {
            return null;
        }

        var record = node[BTreeNode.DescriptorBytes..];
        int nodeSize = BinaryPrimitives.ReadUInt16BigEndian(record[18..]);
        int largestKey = BinaryPrimitives.ReadUInt16BigEndian(record[20..]);
        var nodes = BinaryPrimitives.ReadUInt32BigEndian(record[22..]);
        var isSound = nodeSize is >= Unit and <= LargestNode && int.IsPow2(nodeSize)
            && BinaryPrimitives.ReadUInt16BigEndian(record) <= Deepest
            && BinaryPrimitives.ReadUInt32BigEndian(record[26..]) < nodes
            && Math.Max(BinaryPrimitives.ReadUInt32BigEndian(record[2..]), BinaryPrimitives.ReadUInt32BigEndian(record[10..])) < nodes
            && nodes * (long)nodeSize <= HfsLimits.TreeBytes;
        var isOfHfs = nodeSize == Unit && largestKey is HfsCatalogKey or HfsOverflowKey;
        return isSound && (isOfHfs || largestKey is PlusCatalogKey or PlusOverflowKey or PlusAttributesKey)
            ? new(at, nodeSize, nodes, largestKey)
            : null;
    }
}
