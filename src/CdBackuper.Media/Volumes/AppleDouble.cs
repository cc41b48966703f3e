using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// The header file of an AppleDouble pair (RFC 1740, appendix B; "AppleSingle/AppleDouble Formats for Foreign Files"):
/// what a Macintosh's file has beside its data, which macOS and Linux tools know by its name.
/// </summary>
internal static class AppleDouble
{
    /// <summary>Stands before the name of the file that it belongs to.</summary>
    public const string NamePrefix = "._";

    public const int FinderInfoLength = 32;

    private const int HeaderLength = 26;
    private const int DescriptorLength = 12;
    private const uint Magic = 0x00051607;
    private const uint Version2 = 0x00020000;
    private const uint ResourceForkId = 2;
    private const uint FinderInfoId = 9;

    /// <param name="finderInfo32">Type, creator, flags …, as the catalogue of HFS has them; 32 bytes.</param>
    /// <param name="resourceForkLength">Bytes of the resource fork, which follow the header at once.</param>
    /// <returns>The bytes before the resource fork, with the Finder's among them.</returns>
    internal static byte[] Header(ReadOnlySpan<byte> finderInfo32, long resourceForkLength)
    {
        const int finderInfoAt = HeaderLength + (2 * DescriptorLength);
        const int forkAt = finderInfoAt + FinderInfoLength;
        var header = new byte[forkAt];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Version2);
        "Mac OS X        "u8.CopyTo(header.AsSpan(8)); // as Mac OS X itself fills what the format leaves free
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(24), 2);
        Describe(header.AsSpan(HeaderLength), FinderInfoId, finderInfoAt, FinderInfoLength);
        Describe(header.AsSpan(HeaderLength + DescriptorLength), ResourceForkId, forkAt, resourceForkLength);
        finderInfo32[..FinderInfoLength].CopyTo(header.AsSpan(finderInfoAt));
        return header;
    }

    private static void Describe(Span<byte> descriptor, uint id, int offset, long length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(descriptor, id);
        BinaryPrimitives.WriteInt32BigEndian(descriptor[4..], offset);
        BinaryPrimitives.WriteUInt32BigEndian(descriptor[8..], (uint)Math.Min(length, uint.MaxValue));
    }
}
