using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A run of logical sectors (an extent_ad, ECMA-167 3/7.1).</summary>
/// <param name="LengthBytes">Bytes, of which the standard wants whole sectors.</param>
/// <param name="Sector">The first sector.</param>
internal readonly record struct SectorExtent(uint LengthBytes, uint Sector)
{
    public static SectorExtent Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
}
