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
        var (firstLeaf, lastLeaf, depth) = (level.Count == 0 ? 0 : 1, level.Count, Math.Min(level.Count, 1));
        while (level.Count > 1)
        {
            depth++;
            level = Level(nodes, level, nodeSize, kind: 0, height: depth);
        }

        var used = nodes.Count;
        nodes.AddRange(Enumerable.Range(0, spare).Select(_ => new byte[nodeSize]));
        WriteHeader(nodes[0], nodeSize, depth, depth == 0 ? 0 : used - 1, records.Count, firstLeaf, lastLeaf, nodes.Count, used, largestKey);
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
        var map = Descriptor + 106 + 128;
        for (var number = 0; number < used; number++)
        {
            node[map + (number / 8)] |= (byte)(0x80 >> (number % 8));
        }

        foreach (var (index, offset) in new[] { Descriptor, Descriptor + 106, map, nodeSize - 8 }.Index())
        {
            BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(nodeSize - (2 * (index + 1))), (ushort)offset);
        }
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
