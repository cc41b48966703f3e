using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>The leaf records of HFS+'s catalog file (TN1150, "Catalog File Data").</summary>
internal sealed class HfsPlusCatalogLeaves(CatalogContent content, ForkBuilder forks) : CatalogLeaves
{
    private const ushort FolderRecord = 1;
    private const ushort FileRecord = 2;
    private const ushort FolderThreadRecord = 3;
    private const ushort FileThreadRecord = 4;
    private const int FolderBytes = 88;
    private const int FileBytes = 248;
    private const int ThreadBytes = 10;
    private const int NameAt = 8;
    private const int ShortestKey = 6;
    private const int LongestName = 255;

    /// <summary>UF_COMPRESSED of Mac OS X's &lt;sys/stat.h&gt;, in the owner's flags.</summary>
    private const byte Compressed = 0x20;

    public override bool IsWide => true;

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < NameAt)
        {
            return -1;
        }

        int keyLength = BinaryPrimitives.ReadUInt16BigEndian(rest);
        int nameLength = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]);
        if (keyLength < ShortestKey || nameLength > LongestName || (nameLength * 2) > keyLength - ShortestKey
            || keyLength > ShortestKey + (LongestName * 2) || keyLength + 2 + ThreadBytes > rest.Length)
        {
            return -1;
        }

        var value = rest[(2 + keyLength)..];
        var length = BinaryPrimitives.ReadUInt16BigEndian(value) switch
        {
            FolderRecord => FolderBytes,
            FileRecord => FileBytes,
            FolderThreadRecord or FileThreadRecord => ThreadBytes + ThreadNameBytes(value),
            _ => -1,
        };
        return length < 0 || length > value.Length ? -1 : 2 + keyLength + length;
    }

    /// <summary>
    /// By the folders' numbers, then by names. Of those the order is certain where the first letters that differ are ASCII, and come in the
    /// same order whether or not their case is looked at ("Case-Insensitive String Comparison Algorithm"; HFSX has either).
    /// </summary>
    public override int? Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length < NameAt || right.Length < NameAt)
        {
            return null;
        }

        var order = BinaryPrimitives.ReadUInt32BigEndian(left[2..]).CompareTo(BinaryPrimitives.ReadUInt32BigEndian(right[2..]));
        return order != 0 ? order : CompareNames(NameOf(left), NameOf(right));
    }

    private static int? CompareNames(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right) & ~1;
        if (common >= left.Length || common >= right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (first, second) = ((char)BinaryPrimitives.ReadUInt16BigEndian(left[common..]), (char)BinaryPrimitives.ReadUInt16BigEndian(right[common..]));
        var folded = char.ToLowerInvariant(first).CompareTo(char.ToLowerInvariant(second));
        var isCertain = first is > '\0' and <= '\x7F' && second is > '\0' and <= '\x7F' && Math.Sign(folded) == first.CompareTo(second);
        return isCertain ? folded : null;
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> record)
    {
        var length = 2 * BinaryPrimitives.ReadUInt16BigEndian(record[6..]);
        return record.Slice(NameAt, Math.Min(length, record.Length - NameAt));
    }

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        var parent = BinaryPrimitives.ReadUInt32BigEndian(record[2..]);
        var name = record.Slice(NameAt, 2 * BinaryPrimitives.ReadUInt16BigEndian(record[6..]));
        var value = ValueOf(record);
        return BinaryPrimitives.ReadUInt16BigEndian(value) switch
        {
            FolderRecord => content.Add(Item(parent, name, value, isFolder: true), Trust),
            FileRecord => content.Add(Item(parent, name, value, isFolder: false), Trust),
            FolderThreadRecord => content.AddFolderThread(parent, ThreadParent(value), ThreadName(value)),
            _ => content.AddFileThread(parent),
        };
    }

    public override ReadOnlySpan<byte> ValueOfFile(ReadOnlySpan<byte> record)
    {
        var value = ValueOf(record);
        return BinaryPrimitives.ReadUInt16BigEndian(value) == FileRecord ? value : [];
    }

    public override bool TryReadThread(ReadOnlySpan<byte> record, out FileThread thread, out bool isFile)
    {
        var value = ValueOf(record);
        var kind = BinaryPrimitives.ReadUInt16BigEndian(value);
        isFile = kind == FileThreadRecord;
        var isThread = isFile || kind == FolderThreadRecord;
        thread = isThread ? new(ParentOf(record), ThreadParent(value), ThreadName(value)) : default;
        return isThread;
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> record) =>
        record[(2 + BinaryPrimitives.ReadUInt16BigEndian(record))..];

    private static uint ThreadParent(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32BigEndian(value[4..]);

    private static byte[] ThreadName(ReadOnlySpan<byte> value) =>
        value.Slice(ThreadBytes, ThreadNameBytes(value)).ToArray();

    private static int ThreadNameBytes(ReadOnlySpan<byte> value) =>
        2 * Math.Min(LongestName, (int)BinaryPrimitives.ReadUInt16BigEndian(value[8..]));

    private CatalogItem Item(uint parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isFolder)
    {
        var id = BinaryPrimitives.ReadUInt32BigEndian(value[8..]);
        return new()
        {
            ParentId = parent,
            Id = id,
            RawName = name.ToArray(),
            IsFolder = isFolder,
            Created = BinaryPrimitives.ReadUInt32BigEndian(value[12..]),
            Modified = BinaryPrimitives.ReadUInt32BigEndian(value[16..]),
            IsCompressed = !isFolder && (value[41] & Compressed) != 0,
            Mode = BinaryPrimitives.ReadUInt16BigEndian(value[42..]),
            Special = BinaryPrimitives.ReadUInt32BigEndian(value[44..]),
            Finder = FinderBytes.Read(value[48..], value[64..]),
            Content = isFolder ? default : HfsPlusFork.Build(value[88..], forks, id, ForkKind.Content),
            Resource = isFolder ? default : HfsPlusFork.Build(value[168..], forks, id, ForkKind.Resource),
        };
    }
}
