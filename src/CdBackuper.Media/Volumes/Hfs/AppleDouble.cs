using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The header of an AppleDouble file (RFC 1740, appendix B), in the form that Mac OS X writes and takes back: two
/// entries, the Finder's bytes first and the resource fork at the end.
/// </summary>
internal static class AppleDouble
{
    /// <summary>What the name of the file it belongs to is prefixed with.</summary>
    public const string Prefix = "._";

    private const uint Magic = 0x00051607;
    private const uint Version2 = 0x00020000;
    private const int EntriesAt = 26;
    private const int FinderAt = 50;
    private const int HeaderBytes = FinderAt + FinderBytes.Length;
    private const uint ResourceId = 2;
    private const uint FinderId = 9;

    /// <returns>All that stands before the resource fork.</returns>
    /// <param name="finder">The Finder's bytes, which are kept as they are.</param>
    /// <param name="resourceBytes">Bytes of the resource fork; 0 for none.</param>
    public static byte[] Header(FinderBytes finder, long resourceBytes)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Version2);
        "Mac OS X        "u8.CopyTo(header.AsSpan(8));
        header[25] = 2;
        WriteEntry(header.AsSpan(EntriesAt), FinderId, FinderAt, FinderBytes.Length);
        WriteEntry(header.AsSpan(EntriesAt + 12), ResourceId, HeaderBytes, (uint)Math.Min(resourceBytes, uint.MaxValue));
        finder.Write(header.AsSpan(FinderAt));
        return header;
    }

    private static void WriteEntry(Span<byte> entry, uint id, uint offset, uint length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(entry, id);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], offset);
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], length);
    }
}
