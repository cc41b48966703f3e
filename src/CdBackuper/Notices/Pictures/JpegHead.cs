using System.Buffers.Binary;

namespace CdBackuper.Notices.Pictures;

/// <summary>What the head of a JPEG file says (ITU-T T.81, annex B), whatever the file is called.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Orientation">How the camera was held, 1 to 8: see <see cref="ExifOrientation"/>.</param>
internal readonly record struct JpegHead(int Width, int Height, int Orientation = ExifOrientation.Upright)
{
    /// <summary>SOI: the file begins so.</summary>
    private const int StartOfImage = 0xFFD8;

    /// <summary>APP1: a camera's notes.</summary>
    private const byte Notes = 0xE1;

    /// <summary>DHT, JPG and DAC lie among the frames' markers (table B.1) and are none.</summary>
    private static readonly byte[] NoFrames = [0xC4, 0xC8, 0xCC];

    /// <param name="bytes">The file's beginning; a camera's notes and small picture may take 64 KiB and more before the frame.</param>
    /// <param name="head">What it says; of no meaning where it returns false.</param>
    /// <returns>False for what is no JPEG, or names its size only later.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out JpegHead head)
    {
        head = default;
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(bytes) != StartOfImage)
        {
            return false;
        }

        var (at, orientation) = (2, ExifOrientation.Upright);
        while (at + 9 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                // A fill byte (§B.1.1.2).
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF && !NoFrames.AsSpan().Contains(marker))
            {
                head = new(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), orientation);
                return head is { Width: > 0, Height: > 0 };
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker == Notes && orientation == ExifOrientation.Upright)
            {
                orientation = ExifOrientation.Of(bytes.Slice(at + 4, Math.Clamp(length - 2, 0, bytes.Length - at - 4)));
            }

            at += 2 + length;
        }

        return false;
    }
}
