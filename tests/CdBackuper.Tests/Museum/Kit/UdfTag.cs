using System.Buffers.Binary;

namespace CdBackuper.Tests.Museum;

/// <summary>
/// Puts the check sums of descriptor tags right (ECMA-167 3/7.2), so that random changes reach what is behind the check.
/// </summary>
internal static class UdfTag
{
    private const int Bytes = 16;
    private const int FileIdentifier = 257;
    private const int FileIdentifierBytes = 38;

    /// <summary>The polynomial of CRC-ITU-T (ECMA-167 3/7.2.6).</summary>
    private const int Polynomial = 0x1021;

    /// <returns>True where the bytes begin with a tag whose own check sum is right.</returns>
    public static bool IsTag(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Bytes && IsLikely(bytes) && bytes[4] == CheckSum(bytes);

    /// <summary>Mends the tag at the sector's beginning and those of file identifiers, wherever they are.</summary>
    /// <param name="sector">The sector's bytes.</param>
    /// <param name="next">What a tag that begins here goes on in; null where it can't be read.</param>
    public static void Mend(byte[] sector, byte[]? next)
    {
        byte[] both = [.. sector, .. next ?? []];
        for (var offset = 0; offset + Bytes <= sector.Length; offset += 4)
        {
            var tag = both.AsSpan(offset);
            var isFileIdentifier = BinaryPrimitives.ReadUInt16LittleEndian(tag) == FileIdentifier;
            if (!IsLikely(tag) || (offset > 0 && !isFileIdentifier) || tag.Length < FileIdentifierBytes)
            {
                continue;
            }

            var length = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(tag[10..]), tag.Length - Bytes);
            Seal(tag[..(Bytes + length)]);
        }

        both.AsSpan(0, sector.Length).CopyTo(sector);
    }

    /// <summary>Puts length and check sums into the tag of one descriptor.</summary>
    /// <param name="descriptor">The tag and all that it is to vouch for.</param>
    public static void Seal(Span<byte> descriptor)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[10..], (ushort)(descriptor.Length - Bytes));
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[8..], Crc(descriptor[Bytes..]));
        descriptor[4] = CheckSum(descriptor);
    }

    private static bool IsLikely(ReadOnlySpan<byte> tag) =>
        tag[3] == 0 && tag[2] is 2 or 3 && tag[5] == 0
        && BinaryPrimitives.ReadUInt16LittleEndian(tag) is (>= 1 and <= 9) or (>= 256 and <= 266);

    private static byte CheckSum(ReadOnlySpan<byte> tag)
    {
        byte sum = 0;
        for (var index = 0; index < Bytes; index++)
        {
            sum += index == 4 ? (byte)0 : tag[index];
        }

        return sum;
    }

    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }
        }

        return (ushort)crc;
    }
}
