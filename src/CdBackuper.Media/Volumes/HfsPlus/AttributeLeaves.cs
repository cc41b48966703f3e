using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>
/// The leaf records of the attributes file (TN1150, "Attributes File Data"; records of inline data as in Apple's
/// hfs_format.h). Only <c>com.apple.decmpfs</c> is of interest: it holds content; the others say how a Mac shows a
/// file.
/// </summary>
internal sealed class AttributeLeaves : LeafReader
{
    private const uint InlineRecord = 0x10;
    private const uint ForkRecord = 0x20;
    private const uint ExtentsRecord = 0x30;
    private const int ShortestKey = 12;
    private const int NameAt = 14;
    private const int LongestName = 127;
    private const int InlineAt = 16;

    /// <summary>"fpmc", type and size, each little-endian (Mac OS X's sys/decmpfs.h).</summary>
    private const int CompressionHeaderBytes = 16;
    private const uint CompressionMagic = 0x636D7066;
    private const string CompressionName = "com.apple.decmpfs";

    public override bool IsWide => true;

    public override string TreeName => "attributes";

    /// <summary>By the numbers of the files.</summary>
    public Dictionary<uint, CompressionAttribute> Compressed { get; } = [];

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < NameAt)
        {
            return -1;
        }

        int keyLength = BinaryPrimitives.ReadUInt16BigEndian(rest);
        int nameLength = BinaryPrimitives.ReadUInt16BigEndian(rest[12..]);
        if (nameLength > LongestName
            || keyLength < ShortestKey + (2 * nameLength)
            || keyLength + 2 + InlineAt > rest.Length)
        {
            return -1;
        }

        var value = rest[(keyLength + 2)..];
        var length = BinaryPrimitives.ReadUInt32BigEndian(value) switch
        {
            InlineRecord => InlineAt + (long)BinaryPrimitives.ReadUInt32BigEndian(value[12..]),
            ForkRecord => 88,
            ExtentsRecord => 72,
            _ => -1,
        };
        return length < 0 || length > value.Length ? -1 : keyLength + 2 + (int)length;
    }

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        var valueAt = BinaryPrimitives.ReadUInt16BigEndian(record) + 2;
        var value = record[valueAt..];
        if (BinaryPrimitives.ReadUInt32BigEndian(value) != InlineRecord || !IsCompression(record))
        {
            return true;
        }

        var content = value[InlineAt..];
        return content.Length >= CompressionHeaderBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(content) == CompressionMagic
            && Compressed.Count < HfsLimits.Entries
            && Compressed.TryAdd(
                BinaryPrimitives.ReadUInt32BigEndian(record[4..]),
                new(
                    offset + valueAt + InlineAt,
                    content.Length,
                    BinaryPrimitives.ReadUInt32LittleEndian(content[4..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(content[8..])));
    }

    private static bool IsCompression(ReadOnlySpan<byte> record)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(record[12..]) != CompressionName.Length)
        {
            return false;
        }

        for (var index = 0; index < CompressionName.Length; index++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(record[(NameAt + (2 * index))..]) != CompressionName[index])
            {
                return false;
            }
        }

        return true;
    }
}
