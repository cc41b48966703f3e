using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a file set descriptor says (ECMA-167 4/14.1).</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="VolumeName">The logical volume's identifier, of which this is a copy.</param>
/// <param name="SetNumber">Which file set it describes.</param>
/// <param name="DescriptorNumber">Of several descriptors of one set, the highest holds (4/8.3.1).</param>
/// <param name="Root">The root directory's ICB.</param>
/// <param name="SystemStreams">
/// The ICB of the directory of streams that belong to no file; null where there is none.
/// </param>
/// <param name="Next">Where further descriptors are; of no length where there are none.</param>
internal sealed record FileSet(
    string? Name,
    string? VolumeName,
    uint SetNumber,
    uint DescriptorNumber,
    BlockAddress Root,
    BlockAddress? SystemStreams,
    AllocationDescriptor Next)
{
    public static FileSet Read(ReadOnlySpan<byte> bytes)
    {
        var streams = AllocationDescriptor.ReadLong(bytes[464..]);
        return new(
            UdfText.DecodeField(bytes.Slice(304, 32)),
            UdfText.DecodeField(bytes.Slice(112, 128)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]),
            AllocationDescriptor.ReadLong(bytes[400..]).Place,
            streams is { Kind: AllocationKind.Recorded, Length: > 0 } ? streams.Place : null,
            AllocationDescriptor.ReadLong(bytes[448..]));
    }
}
