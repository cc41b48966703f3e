using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>The leaf records of HFS's catalog file (Inside Macintosh: Files, 2-70 to 2-74).</summary>
internal sealed class HfsCatalogLeaves(CatalogContent content, ForkBuilder forks) : CatalogLeaves
{
    private const byte FolderRecord = 1;
    private const byte FileRecord = 2;
    private const byte FolderThreadRecord = 3;
    private const byte FileThreadRecord = 4;
    private const int ShortestKey = 6;
    private const int LongestKey = 37;
    private const int NameLengthAt = 6;
    private const int NameAt = 7;
    private const int LongestName = 31;

    public override bool IsWide => false;

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < NameAt
            || rest[0] is < ShortestKey or > LongestKey
            || rest[NameLengthAt] > rest[0] - ShortestKey)
        {
            return -1;
        }

        var start = ValueAt(rest);
        var length = start + 1 >= rest.Length ? -1 : rest[start] switch
        {
            FolderRecord => 70,
            FileRecord => 102,
            FolderThreadRecord or FileThreadRecord => 46,
            _ => -1,
        };
        return length < 0 || start + length > rest.Length ? -1 : start + length;
    }

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        var parent = BinaryPrimitives.ReadUInt32BigEndian(record[2..]);
        var name = record.Slice(NameAt, record[NameLengthAt]);
        var value = record[ValueAt(record)..];
        return value[0] switch
        {
            FolderRecord => content.Add(Folder(parent, name, value), Trust),
            FileRecord => content.Add(File(parent, name, value), Trust),
            FolderThreadRecord => content.AddFolderThread(parent, ThreadParent(value), ThreadName(value)),
            _ => content.AddFileThread(parent),
        };
    }

    public override ReadOnlySpan<byte> ValueOfFile(ReadOnlySpan<byte> record)
    {
        var value = record[ValueAt(record)..];
        return value[0] == FileRecord ? value : [];
    }

    public override bool TryReadThread(ReadOnlySpan<byte> record, out FileThread thread, out bool isFile)
    {
        var value = record[ValueAt(record)..];
        var kind = value[0];
        isFile = kind == FileThreadRecord;
        var isThread = isFile || kind == FolderThreadRecord;
        thread = isThread ? new(ParentOf(record), ThreadParent(value), ThreadName(value)) : default;
        return isThread;
    }

    /// <summary>A key is filled up so that its value begins at an even offset (2-66).</summary>
    private static int ValueAt(ReadOnlySpan<byte> record) => (record[0] + 2) & ~1;

    private static uint ThreadParent(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32BigEndian(value[10..]);

    private static byte[] ThreadName(ReadOnlySpan<byte> value) =>
        value.Slice(15, Math.Min((int)value[14], LongestName)).ToArray();

    private static CatalogItem Folder(uint parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => new()
    {
        ParentId = parent,
        Id = BinaryPrimitives.ReadUInt32BigEndian(value[6..]),
        RawName = name.ToArray(),
        IsFolder = true,
        Created = BinaryPrimitives.ReadUInt32BigEndian(value[10..]),
        Modified = BinaryPrimitives.ReadUInt32BigEndian(value[14..]),
        Finder = FinderBytes.Read(value[22..], value[38..]),
    };

    private CatalogItem File(uint parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var id = BinaryPrimitives.ReadUInt32BigEndian(value[20..]);
        return new()
        {
            ParentId = parent,
            Id = id,
            RawName = name.ToArray(),
            IsFolder = false,
            Created = BinaryPrimitives.ReadUInt32BigEndian(value[44..]),
            Modified = BinaryPrimitives.ReadUInt32BigEndian(value[48..]),
            Finder = FinderBytes.Read(value[4..], value[56..]),
            Content = Fork(value[26..], value[74..], id, ForkKind.Content),
            Resource = Fork(value[36..], value[86..], id, ForkKind.Resource),
        };
    }

    private BuiltFork Fork(ReadOnlySpan<byte> size, ReadOnlySpan<byte> runs, uint file, ForkKind fork)
    {
        Span<BlockRun> first = stackalloc BlockRun[MasterDirectoryBlock.RunsOfRecord];
        for (var index = 0; index < first.Length; index++)
        {
            first[index] = new(
                BinaryPrimitives.ReadUInt16BigEndian(runs[(index * 4)..]),
                BinaryPrimitives.ReadUInt16BigEndian(runs[((index * 4) + 2)..]));
        }

        return forks.Build(first, BinaryPrimitives.ReadUInt32BigEndian(size), file, fork);
    }
}
