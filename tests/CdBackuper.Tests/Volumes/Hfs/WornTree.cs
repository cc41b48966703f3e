using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>
/// A B-tree of HFS+ as it is left by a system that worked with it: records come and go in any order, nodes are split, emptied and used again,
/// and what stood in them stays where nothing else came.
/// </summary>
/// <param name="nodeSize">A power of two.</param>
/// <param name="compare">The order of the keys.</param>
internal sealed class WornTree(int nodeSize, Comparison<byte[]> compare)
{
    private const int Descriptor = 14;

    private readonly List<byte[]> nodes = [new byte[nodeSize]];
    private readonly List<int> leaves = [];
    private readonly Stack<int> free = [];

    /// <summary>Each record's key, and where it lies in the file.</summary>
    public IEnumerable<KeyValuePair<byte[], ByteRange>> Places => leaves.SelectMany(leaf => Enumerable.Range(0, Count(leaf)).Select(index =>
        KeyValuePair.Create(KeyAt(leaf, index), new ByteRange(((long)leaf * nodeSize) + Offset(leaf, index), Offset(leaf, index + 1) - Offset(leaf, index)))));

    /// <summary>Inserts all records in any order, and takes the old ones out again amid it.</summary>
    public void Wear(Random random, IReadOnlyList<(byte[] Key, byte[] Value)> live, IReadOnlyList<(byte[] Key, byte[] Value)> old)
    {
        var present = new List<byte[]>();
        var all = live.Select(record => (record.Key, record.Value, IsOld: false)).Concat(old.Select(record => (record.Key, record.Value, IsOld: true))).ToArray();
        random.Shuffle(all);
        foreach (var (key, value, isOld) in all)
        {
            Insert(key, value);
            if (isOld)
            {
                present.Add(key);
            }

            while (present.Count > 0 && random.Next(3) == 0)
            {
                var index = random.Next(present.Count);
                Remove(present[index]);
                present.RemoveAt(index);
            }
        }

        present.ForEach(Remove);
    }

    public byte[] Build(int largestKey)
    {
        var level = leaves.Select(leaf => (KeyAt(leaf, 0), PlusTree.Number(leaf))).ToList();
        return PlusTree.Finish([.. nodes], level, leaves.Sum(Count), leaves[0], leaves[^1], nodeSize, largestKey, spare: 2, [.. free]);
    }

    private void Insert(byte[] key, byte[] value)
    {
        if (leaves.Count == 0)
        {
            leaves.Add(New());
        }

        var at = LeafOf(key);
        byte[] record = [.. key, .. value];
        while (Offset(leaves[at], Count(leaves[at])) + record.Length + (2 * (Count(leaves[at]) + 2)) > nodeSize)
        {
            Split(at);
            at = LeafOf(key);
        }

        var (leaf, index) = (leaves[at], 0);
        while (index < Count(leaf) && compare(KeyAt(leaf, index), key) < 0)
        {
            index++;
        }

        var (start, end, count) = (Offset(leaf, index), Offset(leaf, Count(leaf)), Count(leaf));
        nodes[leaf].AsSpan(start, end - start).CopyTo(nodes[leaf].AsSpan(start + record.Length));
        record.CopyTo(nodes[leaf], start);
        for (var moved = count; moved >= index; moved--)
        {
            Put(leaf, moved + 1, Offset(leaf, moved) + record.Length);
        }

        SetCount(leaf, count + 1);
    }

    private void Remove(byte[] key)
    {
        var at = LeafOf(key);
        var (leaf, index) = (leaves[at], 0);
        while (compare(KeyAt(leaf, index), key) != 0)
        {
            index++;
        }

        var (start, next, end, count) = (Offset(leaf, index), Offset(leaf, index + 1), Offset(leaf, Count(leaf)), Count(leaf));
        nodes[leaf].AsSpan(next, end - next).CopyTo(nodes[leaf].AsSpan(start));
        for (var moved = index; moved < count; moved++)
        {
            Put(leaf, moved, Offset(leaf, moved + 1) - (next - start));
        }

        SetCount(leaf, count - 1);
        if (count == 1 && leaves.Count > 1)
        {
            leaves.RemoveAt(at);
            free.Push(leaf);
            Link();
        }
    }

    /// <summary>The second half goes into a node of its own; its bytes, and the table's, stay in the first.</summary>
    private void Split(int at)
    {
        var (leaf, count) = (leaves[at], Count(leaves[at]));
        var half = count / 2;
        var added = New();
        var (start, end) = (Offset(leaf, half), Offset(leaf, count));
        nodes[leaf].AsSpan(start, end - start).CopyTo(nodes[added].AsSpan(Descriptor));
        for (var index = half; index <= count; index++)
        {
            Put(added, index - half, Offset(leaf, index) - start + Descriptor);
        }

        SetCount(added, count - half);
        SetCount(leaf, half);
        leaves.Insert(at + 1, added);
        Link();
    }

    /// <summary>A node that is free keeps its own links.</summary>
    private void Link()
    {
        foreach (var (index, leaf) in leaves.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(nodes[leaf], index + 1 < leaves.Count ? leaves[index + 1] : 0);
            BinaryPrimitives.WriteInt32BigEndian(nodes[leaf].AsSpan(4), index > 0 ? leaves[index - 1] : 0);
        }
    }

    private int New()
    {
        if (!free.TryPop(out var number))
        {
            number = nodes.Count;
            nodes.Add(new byte[nodeSize]);
        }

        (nodes[number][8], nodes[number][9]) = (0xFF, 1);
        SetCount(number, 0);
        Put(number, 0, Descriptor);
        return number;
    }

    private int LeafOf(byte[] key)
    {
        var at = 0;
        while (at + 1 < leaves.Count && compare(KeyAt(leaves[at + 1], 0), key) <= 0)
        {
            at++;
        }

        return at;
    }

    private byte[] KeyAt(int leaf, int index)
    {
        var start = Offset(leaf, index);
        return nodes[leaf].AsSpan(start, 2 + BinaryPrimitives.ReadUInt16BigEndian(nodes[leaf].AsSpan(start))).ToArray();
    }

    private int Count(int leaf) => BinaryPrimitives.ReadUInt16BigEndian(nodes[leaf].AsSpan(10));

    private void SetCount(int leaf, int count) => BinaryPrimitives.WriteUInt16BigEndian(nodes[leaf].AsSpan(10), (ushort)count);

    private int Offset(int leaf, int index) => BinaryPrimitives.ReadUInt16BigEndian(nodes[leaf].AsSpan(nodeSize - (2 * (index + 1))));

    private void Put(int leaf, int index, int offset) => BinaryPrimitives.WriteUInt16BigEndian(nodes[leaf].AsSpan(nodeSize - (2 * (index + 1))), (ushort)offset);
}
