using System.Buffers.Binary;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Writes a B-tree of HFS+ (TN1150, "B-Trees"): header node, leaves in a chain, index nodes above.</summary>
internal static class PlusTree
{
    private const int Descriptor = 14;

    /// <param name="records">Key and value, in the order of the keys.</param>
    /// <param name="nodeSize">A power of two.</param>
    /// <param name="largestKey">For the header.</param>
    /// <param name="spare">Nodes that are free, behind the others.</param>
    public static byte[] Build(IReadOnlyList<(byte[] Key, byte[] Value)> records, int nodeSize, int largestKey, int spare = 2)
    {
        var nodes = new List<byte[]> { new byte[nodeSize] };
        var level = Level(nodes, records, nodeSize, kind: -1, height: 1);
        return Finish(nodes, level, records.Count, level.Count == 0 ? 0 : 1, level.Count, nodeSize, largestKey, spare);
    }

    /// <summary>Builds the index above the leaves, and the header.</summary>
    /// <param name="nodes">The header node, still empty, and the leaves; gets the rest.</param>
    /// <param name="level">The first key of each leaf with its number, in order.</param>
    /// <param name="records">How many records the leaves have.</param>
    /// <param name="firstLeaf">The chain's begin.</param>
    /// <param name="lastLeaf">The chain's end.</param>
    /// <param name="nodeSize">A power of two.</param>
    /// <param name="largestKey">For the header.</param>
    /// <param name="spare">Nodes that are free, behind the others.</param>
    /// <param name="free">Nodes that are free amid the others.</param>
    public static byte[] Finish(
        List<byte[]> nodes,
        List<(byte[] Key, byte[] Value)> level,
        int records,
        int firstLeaf,
        int lastLeaf,
        int nodeSize,
        int largestKey,
        int spare,
        params int[] free)
    {
        var depth = Math.Min(level.Count, 1);
        var root = level.Count == 1 ? BinaryPrimitives.ReadInt32BigEndian(level[0].Value) : 0;
        while (level.Count > 1)
        {
            depth++;
            level = Level(nodes, level, nodeSize, kind: 0, height: depth);
            root = nodes.Count - 1;
        }

        var maps = Enumerable.Range(0, (nodes.Count + spare) / (8 * (nodeSize - 256)) * 2).Select(_ => new byte[nodeSize]).ToList();
        var used = nodes.Count + maps.Count;
        WriteMap([nodes[0], .. maps], nodes.Count, used, nodeSize, free);
        nodes.AddRange(maps);
        nodes.AddRange(Enumerable.Range(0, spare).Select(_ => new byte[nodeSize]));
        WriteHeader(nodes[0], nodeSize, depth, root, records, firstLeaf, lastLeaf, nodes.Count, used, largestKey);
        return [.. nodes.SelectMany(node => node)];
    }

    private static List<(byte[] Key, byte[] Value)> Level(
        List<byte[]> nodes, IReadOnlyList<(byte[] Key, byte[] Value)> records, int nodeSize, sbyte kind, int height)
    {
        var above = new List<(byte[], byte[])>();
        for (var next = 0; next < records.Count;)
        {
            var node = new byte[nodeSize];
            var (position, count, first) = (Descriptor, 0, next);
            while (next < records.Count
                && position + records[next].Key.Length + records[next].Value.Length + (2 * (count + 2)) <= nodeSize)
            {
                BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(nodeSize - (2 * ++count)), (ushort)position);
                records[next].Key.CopyTo(node, position);
                records[next].Value.CopyTo(node, position + records[next].Key.Length);
                position += records[next].Key.Length + records[next++].Value.Length;
            }

            BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(nodeSize - (2 * (count + 1))), (ushort)position);
            var number = nodes.Count;
            BinaryPrimitives.WriteInt32BigEndian(node, next < records.Count ? number + 1 : 0);
            BinaryPrimitives.WriteInt32BigEndian(node.AsSpan(4), first > 0 ? number - 1 : 0);
            (node[8], node[9]) = ((byte)kind, (byte)height);
            BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(10), (ushort)count);
            nodes.Add(node);
            above.Add((records[first].Key, Number(number)));
        }

        return above;
    }

    private static void WriteHeader(
        byte[] node, int nodeSize, int depth, int root, int records, int firstLeaf, int lastLeaf, int total, int used, int largestKey)
    {
        node[8] = 1;
        node[11] = 3;
        var header = node.AsSpan(Descriptor);
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)depth);
        BinaryPrimitives.WriteInt32BigEndian(header[2..], root);
        BinaryPrimitives.WriteInt32BigEndian(header[6..], records);
        BinaryPrimitives.WriteInt32BigEndian(header[10..], firstLeaf);
        BinaryPrimitives.WriteInt32BigEndian(header[14..], lastLeaf);
        BinaryPrimitives.WriteUInt16BigEndian(header[18..], (ushort)nodeSize);
        BinaryPrimitives.WriteUInt16BigEndian(header[20..], (ushort)largestKey);
        BinaryPrimitives.WriteInt32BigEndian(header[22..], total);
        BinaryPrimitives.WriteInt32BigEndian(header[26..], total - used);
        header[37] = 0xCF;
        BinaryPrimitives.WriteInt32BigEndian(header[38..], largestKey == 10 ? 2 : 6);
    }

    /// <summary>The header node's third record, which goes on in map nodes where it is too small ("Map Nodes").</summary>
    private static void WriteMap(List<byte[]> holders, int firstMap, int used, int nodeSize, int[] free)
    {
        const int Map = Descriptor + 106 + 128;
        PutOffsets(holders[0], Descriptor, Descriptor + 106, Map, nodeSize - 8);
        var (holder, bit, room) = (0, 0, 8 * (nodeSize - 8 - Map));
        for (var number = 0; number < used; number++, bit++)
        {
            if (bit == room)
            {
                BinaryPrimitives.WriteInt32BigEndian(holders[holder], firstMap + holder);
                holder++;
                (bit, room) = (0, 8 * (nodeSize - 6 - Descriptor));
                (holders[holder][8], holders[holder][11]) = (2, 1);
                PutOffsets(holders[holder], Descriptor, nodeSize - 6);
            }

            holders[holder][(holder == 0 ? Map : Descriptor) + (bit / 8)] |= (byte)(free.Contains(number) ? 0 : 0x80 >> (bit % 8));
        }
    }

    private static void PutOffsets(byte[] node, params int[] offsets)
    {
        foreach (var (index, offset) in offsets.Index())
        {
            BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(node.Length - (2 * (index + 1))), (ushort)offset);
        }
    }

    public static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
