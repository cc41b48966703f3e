using System.Buffers.Binary;
using CdBackuper.Tests.Museum;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Writes files to the root of an image that mkudffs made, in place, as a system does to a rewritable disc (ECMA-167 4/14).</summary>
internal static class UdfAddition
{
    private const int Block = 2048;

    /// <summary>Where mkudffs puts the partition of a hard disk's image, and in it the root's file entry.</summary>
    private const int Partition = 257;
    private const int Root = (Partition + 2) * Block;
    private const int Integrity = 128 * Block;

    /// <param name="path">The image.</param>
    /// <param name="first">The first block of the partition that nothing lies in.</param>
    /// <param name="files">Their names and contents.</param>
    /// <returns>The first block behind them.</returns>
    public static int Write(string path, int first, params IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var disc = File.ReadAllBytes(path);
        var root = disc[Root..(Root + Block)];
        var attributes = BinaryPrimitives.ReadInt32LittleEndian(root.AsSpan(168));
        var names = root.AsSpan(176 + attributes, BinaryPrimitives.ReadInt32LittleEndian(root.AsSpan(172))).ToArray().ToList();
        foreach (var (name, content) in files)
        {
            var blocks = (content.Length + Block - 1) / Block;
            content.CopyTo(disc, (Partition + first + 1) * Block);
            var entry = root[..176].Concat(new byte[8]).ToArray();
            entry[27] = 5; // a file of bytes, its content in short allocation descriptors
            entry[34] &= 0xF8;
            BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(48), 1);
            BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(56), content.Length);
            BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(64), blocks);
            BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(160), 16 + first);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(168), 0);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(172), 8);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(176), content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(180), first + 1);
            Tag(entry, 261, first).CopyTo(disc, (Partition + first) * Block);
            names.AddRange(NameOf(name, first));
            first += 1 + blocks;
        }

        BinaryPrimitives.WriteInt64LittleEndian(root.AsSpan(56), names.Count);
        BinaryPrimitives.WriteInt32LittleEndian(root.AsSpan(172), names.Count);
        Tag([.. root.AsSpan(0, 176 + attributes), .. names], 261, 2).CopyTo(disc, Root);
        var integrity = disc[Integrity..(Integrity + 16 + BinaryPrimitives.ReadUInt16LittleEndian(disc.AsSpan(Integrity + 10)))];
        BinaryPrimitives.WriteInt32LittleEndian(integrity.AsSpan(120), BinaryPrimitives.ReadInt32LittleEndian(integrity.AsSpan(120)) + files.Count);
        Tag(integrity, 9, 128).CopyTo(disc, Integrity);
        File.WriteAllBytes(path, disc);
        return first;
    }

    /// <returns>A file identifier descriptor (ECMA-167 4/14.4).</returns>
    private static byte[] NameOf(string name, int place)
    {
        var bytes = new byte[(38 + 1 + name.Length + 3) / 4 * 4];
        bytes[16] = 1;
        bytes[19] = (byte)(1 + name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), Block);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), place);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), 16 + place);
        bytes[38] = 8;
        System.Text.Encoding.ASCII.GetBytes(name).CopyTo(bytes, 39);
        return Tag(bytes, 257, 2);
    }

    /// <summary>Writes the tag that a descriptor begins with (ECMA-167 3/7.2).</summary>
    private static byte[] Tag(byte[] descriptor, ushort id, int place)
    {
        descriptor.AsSpan(0, 16).Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor, id);
        descriptor[2] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(descriptor.AsSpan(12), place);
        UdfTag.Seal(descriptor);
        return descriptor;
    }
}
