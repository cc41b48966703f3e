using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// A partition map as it stands in the logical volume descriptor (ECMA-167 3/10.7, UDF 2.60 §2.2.8 to §2.2.10).
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The number of the partition that it lies in.</param>
/// <param name="Bytes">The map.</param>
internal sealed record PartitionMap(PartitionMapKind Kind, ushort Number, byte[] Bytes)
{
    private const int PlainLength = 6;
    private const int TypedLength = 64;

    /// <summary>Blocks of a packet (UDF 1.50 §2.2.9).</summary>
    public ushort PacketBlocks => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(40));

    /// <summary>Bytes of each copy of the sparing table.</summary>
    public uint SparingTableBytes => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(44));

    /// <summary>The sectors where the copies of the sparing table begin.</summary>
    public IReadOnlyList<uint> SparingTables =>
        [.. Enumerable.Range(0, Math.Min((int)Bytes[42], UdfLimits.SparingTables)).Select(index => Long(48 + (4 * index)))];

    /// <summary>The block with the metadata file's entry (UDF 2.50 §2.2.10).</summary>
    public uint MetadataFile => Long(40);

    /// <summary>The block with the metadata mirror file's entry.</summary>
    public uint MetadataMirror => Long(44);

    /// <param name="volume">The logical volume.</param>
    /// <param name="isCut">True where there should be more than are returned.</param>
    public static List<PartitionMap> ReadAll(LogicalVolume volume, out bool isCut)
    {
        var maps = new List<PartitionMap>();
        ReadOnlySpan<byte> rest = volume.Maps;
        while (maps.Count < volume.MapCount && maps.Count < UdfLimits.PartitionMaps && rest.Length >= PlainLength)
        {
            // The type tells the least length, so that one that lies about its own can still be read.
            var length = Math.Max((int)rest[1], rest[0] == 1 ? PlainLength : rest[0] == 2 ? TypedLength : 0);
            if (length == 0 || length > rest.Length)
            {
                break;
            }

            maps.Add(Read(rest[..length].ToArray()));
            rest = rest[length..];
        }

        isCut = maps.Count < volume.MapCount;
        return maps;
    }

    private static PartitionMap Read(byte[] bytes) => bytes[0] switch
    {
        1 => new(PartitionMapKind.Plain, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(4)), bytes),
        2 => new(KindOf(bytes.AsSpan(4)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(38)), bytes),
        _ => new(PartitionMapKind.Unknown, 0, bytes),
    };

    private static PartitionMapKind KindOf(ReadOnlySpan<byte> entity) =>
        UdfText.IsEntity(entity, "*UDF Virtual Partition"u8) ? PartitionMapKind.Virtual
        : UdfText.IsEntity(entity, "*UDF Sparable Partition"u8) ? PartitionMapKind.Sparable
        : UdfText.IsEntity(entity, "*UDF Metadata Partition"u8) ? PartitionMapKind.Metadata
        : PartitionMapKind.Unknown;

    private uint Long(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));
}
