using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The 16 bytes that every descriptor begins with (ECMA-167 3/7.2), and whether they hold true.</summary>
/// <param name="Id">Which descriptor it is; any number.</param>
/// <param name="Location">The block where it says it lies.</param>
/// <param name="IsChecksumRight">True where the tag itself is as it was written (3/7.2.3).</param>
/// <param name="IsCrcRight">
/// True where the descriptor's body is (3/7.2.6); a CRC over no bytes proves nothing and is right.
/// </param>
/// <param name="HasCrc">True where the CRC covers any byte.</param>
internal readonly record struct DescriptorTag(TagId Id, uint Location, bool IsChecksumRight, bool IsCrcRight, bool HasCrc)
{
    public const int Length = 16;

    /// <param name="bytes">The descriptor and perhaps more behind it.</param>
    public static DescriptorTag Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length)
        {
            return default;
        }

        byte sum = 0;
        foreach (var value in bytes[..Length])
        {
            sum += value;
        }

        var isChecksumRight = (byte)(sum - bytes[4]) == bytes[4];
        var crcLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        var isCrcRight = crcLength <= bytes.Length - Length
            && Crc.Of(bytes.Slice(Length, crcLength)) == BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return new(
            (TagId)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            isChecksumRight,
            isCrcRight,
            crcLength > 0);
    }

    public TagQuality At(long location) => (IsChecksumRight, IsCrcRight) switch
    {
        (true, true) => Location == location ? TagQuality.Sound : TagQuality.Misplaced,
        (true, false) => TagQuality.Flawed,
        (false, true) => HasCrc ? TagQuality.Flawed : TagQuality.Invalid,
        _ => TagQuality.Invalid,
    };
}
