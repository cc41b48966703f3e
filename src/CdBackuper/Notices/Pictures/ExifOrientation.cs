using System.Buffers.Binary;

namespace CdBackuper.Notices.Pictures;

/// <summary>How a camera was held, as it noted (Exif 2.32, §4.6.4 A, tag Orientation): pixels lie as the sensor does, and 8 ways up are possible.</summary>
internal static class ExifOrientation
{
    /// <summary>As they lie: the first row is the top, the first column the left.</summary>
    public const int Upright = 1;

    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
    private const int EntryBytes = 12;

    /// <param name="segment">What an APP1 segment of a JPEG file holds, behind its length; cut where the file is.</param>
    /// <returns>1 to 8; 1 where it says nothing, or nothing that is allowed.</returns>
    public static int Of(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Exif\0\0"u8))
        {
            return Upright;
        }

        // A TIFF file: byte order, 42, where the first directory is (TIFF 6.0, section 2).
        var tiff = segment[6..];
        var isLittle = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || !(isLittle || tiff.StartsWith("MM\0*"u8)))
        {
            return Upright;
        }

        var at = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2)
        {
            return Upright;
        }

        var directory = tiff[(int)at..];
        var count = Number(directory, isLittle);
        directory = directory[2..];
        for (var index = 0; index < count && directory.Length >= EntryBytes; index++, directory = directory[EntryBytes..])
        {
            if (Number(directory, isLittle) == Tag && Number(directory[2..], isLittle) == Short)
            {
                return Number(directory[8..], isLittle) is >= 1 and <= 8 and var orientation ? orientation : Upright;
            }
        }

        return Upright;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
