using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>
/// What a ZF entry says of a file that is stored compressed: zisofs version 1 (H. P. Anvin, zisofs-tools) and version 2
/// (libisofs, doc/zisofs2_format.txt), both with zlib. The file's own header says all of it once more.
/// </summary>
/// <param name="IsVersion2">True for version 2: sizes and pointers of 64 bits.</param>
/// <param name="HeaderBytes">The length of the file's header.</param>
/// <param name="BlockBits">The logarithm of the length of a decoded block.</param>
/// <param name="Size">The decoded file's length in bytes.</param>
internal sealed record ZisofsClaim(bool IsVersion2, int HeaderBytes, int BlockBits, long Size)
{
    private const int DataLength = 12;
    private const int MinBlockBits = 15;
    private const int MaxBlockBits = 20;
    private const byte Zlib = 1;
    private const int Version1HeaderLength = 16;
    private const int Version2HeaderLength = 24;

    public int BlockBytes => 1 << BlockBits;

    public int PointerBytes => IsVersion2 ? 8 : 4;

    private bool IsPossible => BlockBits is >= MinBlockBits and <= MaxBlockBits
        && HeaderBytes >= (IsVersion2 ? Version2HeaderLength : Version1HeaderLength)
        && Size is >= 0 and <= 1L << 50;

    private static ReadOnlySpan<byte> Magic1 => [0x37, 0xE4, 0x53, 0x96, 0xC9, 0xDB, 0xD6, 0x07];

    private static ReadOnlySpan<byte> Magic2 => [0xEF, 0x22, 0x55, 0xA1, 0xBC, 0x1B, 0x95, 0xA0];

    /// <returns>Null where the entry names an encoding or numbers that are not known.</returns>
    public static ZisofsClaim? Read(ReadOnlySpan<byte> data)
    {
        var isVersion2 = data is [(byte)'P', (byte)'Z', ..];
        if (data.Length < DataLength || (!isVersion2 && data is not [(byte)'p', (byte)'z', ..]))
        {
            return null;
        }

        var size = isVersion2 ? BinaryPrimitives.ReadInt64LittleEndian(data[4..]) : BothEndian.Read32(data[4..]);
        var claim = new ZisofsClaim(isVersion2, data[2] * 4, data[3], size);
        return claim.IsPossible ? claim : null;
    }

    /// <param name="header">The first bytes of a file, as stored.</param>
    /// <returns>What the file's own header says; null where it has none, or one of an encoding or numbers that are not known.</returns>
    public static ZisofsClaim? ReadHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length < Version2HeaderLength)
        {
            return null;
        }

        var claim = header.StartsWith(Magic2)
            ? new ZisofsClaim(true, header[9] * 4, header[11], BinaryPrimitives.ReadInt64LittleEndian(header[12..]))
            : new ZisofsClaim(false, header[12] * 4, header[13], BinaryPrimitives.ReadUInt32LittleEndian(header[8..]));
        return claim.IsPossible && claim.Agrees(header) ? claim : null;
    }

    /// <returns>True when the file's own header, of <see cref="HeaderBytes"/> bytes, says the same.</returns>
    public bool Agrees(ReadOnlySpan<byte> header) => IsVersion2
        ? header.StartsWith(Magic2)
            && header[8] == 0
            && header[9] * 4 == HeaderBytes
            && header[10] == Zlib
            && header[11] == BlockBits
            && BinaryPrimitives.ReadInt64LittleEndian(header[12..]) == Size
        : header.StartsWith(Magic1)
            && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Size
            && header[12] * 4 == HeaderBytes
            && header[13] == BlockBits;

    public long Pointer(ReadOnlySpan<byte> table, int index) => IsVersion2
        ? BinaryPrimitives.ReadInt64LittleEndian(table[(index * 8)..])
        : BinaryPrimitives.ReadUInt32LittleEndian(table[(index * 4)..]);
}
