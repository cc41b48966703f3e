using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a logical volume integrity descriptor says (ECMA-167 3/10.10, UDF 2.01 §2.2.6).</summary>
/// <param name="Recorded">When it was written; null where there is no valid time.</param>
/// <param name="IsClosed">False where the volume was in use when the disc was last written.</param>
/// <param name="FreeBlocks">Free blocks of all partitions; null where the disc does not tell.</param>
/// <param name="Blocks">Blocks of all partitions; null where the disc does not tell.</param>
/// <param name="Next">Where further descriptors are; of no length where there are none.</param>
internal sealed record VolumeIntegrity(
    DateTimeOffset? Recorded, bool IsClosed, long? FreeBlocks, long? Blocks, SectorExtent Next)
{
    private const int Tables = 80;

    public static VolumeIntegrity Read(ReadOnlySpan<byte> bytes)
    {
        _ = UdfTime.TryRead(bytes.Slice(16, UdfTime.Length), out var recorded);
        var room = (bytes.Length - Tables) / 8;
        var count = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]), (uint)room);
        return new(
            recorded,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) == 1,
            Sum(bytes.Slice(Tables, 4 * count)),
            Sum(bytes.Slice(Tables + (4 * count), 4 * count)),
            SectorExtent.Read(bytes[32..]));
    }

    /// <summary>A number of all ones says that it is not told (3/10.10.7): so do virtual partitions.</summary>
    private static long? Sum(ReadOnlySpan<byte> table)
    {
        long? sum = null;
        for (; table.Length >= 4; table = table[4..])
        {
            var blocks = BinaryPrimitives.ReadUInt32LittleEndian(table);
            sum = blocks == uint.MaxValue ? sum : (sum ?? 0) + blocks;
        }

        return sum;
    }
}
