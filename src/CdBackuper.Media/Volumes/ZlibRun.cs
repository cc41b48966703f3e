using System.IO.Compression;

namespace CdBackuper.Media.Volumes;

/// <summary>Decodes what the disc holds of a coded extent (<see cref="Extent.IsCoded"/>). Nothing but computation.</summary>
public static class ZlibRun
{
    /// <summary>FDICT of the second byte (RFC 1950 §2.2).</summary>
    private const int WantsDictionary = 0x20;

    /// <summary>Decodes one zlib stream (RFC 1950) whose decoded length is known beforehand.</summary>
    /// <param name="stored">
    /// The stream, from its first byte on: <see cref="Extent.ZlibLength"/> bytes. What stands behind its end is ignored.
    /// </param>
    /// <param name="decoded">Takes the bytes; <see cref="Extent.Length"/> of them. No more is ever decoded than it and one byte.</param>
    /// <returns>
    /// True when the stream is whole, its check sum agrees and it gives exactly as many bytes as <paramref name="decoded"/> has.
    /// Else false: the content is then lost, and that of <paramref name="decoded"/> undefined.
    /// </returns>
    public static bool TryDecode(ReadOnlySpan<byte> stored, Span<byte> decoded)
    {
        if (stored.Length > 1 && (stored[1] & WantsDictionary) != 0)
        {
            return false; // which nobody has, and .NET takes it for a fault of its own
        }

        using var source = new MemoryStream(stored.ToArray(), writable: false);
        using var stream = new ZLibStream(source, CompressionMode.Decompress);
        try
        {
            // The read behind the end makes the stream show that it ends there, and check its sum (RFC 1950 §2.2).
            return stream.ReadAtLeast(decoded, decoded.Length, throwOnEndOfStream: false) == decoded.Length
                && stream.ReadByte() < 0;
        }
        catch (InvalidDataException)
        {
            return false; // no zlib stream, a damaged one, or one cut short
        }
    }
}
