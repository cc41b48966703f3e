using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace CdBackuper.Pictures;

/// <summary>Writes pictures as PNG (W3C PNG, third edition), 8 bits a sample.</summary>
internal static class Png
{
    private const byte Color = 2;
    private const byte ColorAndAlpha = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="hasAlpha">True for red, green, blue, opacity; false without the last.</param>
    /// <param name="writeRows">Writes the rows, each with the byte of its filter (0 for none) before it (§7.3).</param>
    /// <returns>The file.</returns>
    public static byte[] Encode(int width, int height, bool hasAlpha, Action<Stream> writeRows)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = hasAlpha ? ColorAndAlpha : Color;
        WriteChunk(file, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            writeRows(packer);
        }

        WriteChunk(file, "IDAT"u8, packed.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
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
