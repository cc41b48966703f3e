using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A logical block's address (ECMA-167 4/7.1).</summary>
/// <param name="Partition">The index of a partition map of the logical volume.</param>
/// <param name="Block">The block, counted from that partition's beginning.</param>
internal readonly record struct BlockAddress(ushort Partition, uint Block)
{
    public static BlockAddress Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes));
}
