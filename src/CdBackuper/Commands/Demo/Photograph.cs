using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace CdBackuper.Commands.Demo;

/// <summary>A made-up photograph, written as a PNG (W3C PNG, third edition): a sun over hills, with the grain of a cheap camera.</summary>
internal static class Photograph
{
    private const int Width = 480;
    private const int Height = 320;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>The picture's file content; the same for the same <paramref name="seed"/>.</returns>
    public static byte[] Take(int seed)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], Height);
        header[8] = 8; // bits a sample
        header[9] = 2; // red, green, blue
        WriteChunk(file, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            WriteRows(packer, new Random(seed));
        }

        WriteChunk(file, "IDAT"u8, packed.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteRows(Stream packer, Random random)
    {
        var (sunX, sunY, hills) = (random.Next(80, 400), random.Next(40, 140), random.Next(3, 9));
        var row = new byte[1 + (3 * Width)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var ridge = 210 + (30 * Math.Sin((x + (40 * hills)) / (14.0 * hills)));
                var isSun = ((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)) < 900;
                var (red, green, blue) = isSun ? (250, 220, 120) : y > ridge ? (60, 120 - (y / 6), 50) : (250 - y, 170, 120 + (y / 2));
                var grain = random.Next(-6, 7);
                row[1 + (3 * x)] = (byte)Math.Clamp(red + grain, 0, 255);
                row[2 + (3 * x)] = (byte)Math.Clamp(green + grain, 0, 255);
                row[3 + (3 * x)] = (byte)Math.Clamp(blue + grain, 0, 255);
            }

            packer.Write(row);
        }
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
