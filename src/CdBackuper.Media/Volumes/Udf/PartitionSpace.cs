using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a partition descriptor says (ECMA-167 3/10.5).</summary>
/// <param name="Number">By which partition maps name it.</param>
/// <param name="Start">Its first logical sector.</param>
/// <param name="Sectors">How many it has.</param>
/// <param name="FreeBitmap">The bitmap of its free blocks; of no length where there is none (UDF 2.01 §2.3.3).</param>
internal readonly record struct PartitionSpace(ushort Number, uint Start, uint Sectors, AllocationDescriptor FreeBitmap)
{
    public static PartitionSpace Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[22..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[188..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[192..]),
        AllocationDescriptor.Read(bytes[64..], AllocationDescriptor.ShortForm, 0));
}
