using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a logical volume descriptor says (ECMA-167 3/10.6).</summary>
/// <param name="Name">What the volume calls itself.</param>
/// <param name="BlockSize">Bytes of a logical block, as the disc says it: any number.</param>
/// <param name="Revision">
/// UDF's revision as in <c>0x0201</c> (UDF 2.01 §2.1.5.3); 0 where the domain is not UDF's.
/// </param>
/// <param name="FileSet">Where the file set descriptors lie (ECMA-167 4/3.1).</param>
/// <param name="Integrity">The logical volume integrity sequence.</param>
/// <param name="MapCount">Partition maps, as the disc says it.</param>
/// <param name="Maps">The bytes of the partition maps, as far as they are there.</param>
internal sealed record LogicalVolume(
    string? Name,
    uint BlockSize,
    int Revision,
    AllocationDescriptor FileSet,
    SectorExtent Integrity,
    uint MapCount,
    byte[] Maps)
{
    private const int MapsStart = 440;

    /// <returns>
    /// What stands in for a lost descriptor: plain partitions, the file set's descriptor in the first block of the
    /// first.
    /// </returns>
    public static LogicalVolume Assumed(int sectorSize) => new(
        null, (uint)sectorSize, 0, new(AllocationKind.Recorded, sectorSize, default), default, 0, []);

    public static LogicalVolume Read(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[264..]);
        return new(
            UdfText.DecodeField(bytes.Slice(84, 128)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[212..]),
            UdfText.IsEntity(bytes[216..], "*OSTA UDF Compliant"u8) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[240..]) : 0,
            AllocationDescriptor.ReadLong(bytes[248..]),
            SectorExtent.Read(bytes[432..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[268..]),
            bytes.Slice(MapsStart, (int)Math.Min(length, bytes.Length - MapsStart)).ToArray());
    }
}
