using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A name in a directory (a file identifier descriptor, ECMA-167 4/14.4).</summary>
/// <param name="Characteristics">What it is (4/14.4.3).</param>
/// <param name="Icb">The file's ICB; of no length where it has none.</param>
/// <param name="RawName">The name as it stands on the disc, with its compression id.</param>
internal readonly record struct FileIdentifier(byte Characteristics, AllocationDescriptor Icb, byte[] RawName)
{
    public const int FixedLength = 38;

    /// <summary>Bytes of the longest: implementation use has 16 bits for its length, the name 8.</summary>
    public const int MaxLength = FixedLength + ushort.MaxValue + byte.MaxValue + 3;

    public bool IsHidden => (Characteristics & 1) != 0;

    public bool IsDirectory => (Characteristics & 2) != 0;

    public bool IsDeleted => (Characteristics & 4) != 0;

    public bool IsParent => (Characteristics & 8) != 0;

    /// <param name="bytes">At least <see cref="FixedLength"/> bytes.</param>
    /// <returns>
    /// How long the descriptor there says that it is, with what fills it up to a multiple of four (4/14.4.9).
    /// </returns>
    public static int LengthOf(ReadOnlySpan<byte> bytes) =>
        (FixedLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[36..]) + bytes[19] + 3) & ~3;

    /// <param name="bytes">A whole descriptor.</param>
    public static FileIdentifier Read(ReadOnlySpan<byte> bytes)
    {
        var use = BinaryPrimitives.ReadUInt16LittleEndian(bytes[36..]);
        return new(
            bytes[18],
            AllocationDescriptor.ReadLong(bytes[20..]),
            bytes.Slice(FixedLength + use, bytes[19]).ToArray());
    }
}
