using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Writes small volumes of HFS+ by TN1150 alone, with what no tool at hand writes: forks, links, fragments, attributes.</summary>
internal sealed class PlusDisc(int blockSize = 512, int nodeSize = 1024)
{
    public const uint Root = 2;

    private readonly List<(uint Parent, string Name, byte[] Value)> records = [];
    private readonly List<(byte[] Key, byte[] Value)> overflow = [];
    private readonly List<(byte[] Key, byte[] Value)> attributes = [];
    private readonly List<byte> blocks = [];
    private readonly List<(uint Parent, string Name, byte[] Value)> deleted = [];
    private readonly List<int> freed = [];
    private uint nextId = 16;

    /// <summary>Blocks of the catalog file that lie together; 0 for all.</summary>
    public int CatalogBlocksPerRun { get; init; }

    public bool IsExtended { get; init; }

    /// <summary>Where it is set the catalog's records came and went in an order of this seed (<see cref="WornTree"/>).</summary>
    public int? Wear { get; init; }

    /// <summary>Where the records of a worn catalog lie in it, in bytes, by the files' names.</summary>
    public Dictionary<string, ByteRange> Records { get; } = [];

    /// <summary>Where the catalog begins in the volume once it is built.</summary>
    public int CatalogAt { get; private set; }

    public int CatalogLength { get; private set; }

    public uint Folder(uint parent, string name, PlusFile? facts = null, uint? id = null)
    {
        var number = id ?? nextId++;
        Add(parent, name, number, facts ?? new(), isFolder: true);
        return number;
    }

    public uint File(uint parent, string name, PlusFile facts)
    {
        Add(parent, name, nextId, facts, isFolder: false);
        return nextId++;
    }

    /// <summary>A file that was there before: of a worn catalog its record may be left.</summary>
    public void Deleted(uint parent, string name, PlusFile facts)
    {
        var (before, start) = (records.Count, blocks.Count);
        File(parent, name, facts);
        deleted.AddRange(records.Skip(before));
        records.RemoveRange(before, records.Count - before);
        freed.AddRange(Enumerable.Range(start / blockSize, (blocks.Count - start) / blockSize).Where(block => block * blockSize >= FirstBytes));
    }

    public byte[] Build(string name = "Made")
    {
        FillUp(FirstBytes);
        var root = new byte[88];
        BinaryPrimitives.WriteInt16BigEndian(root, 1);
        BinaryPrimitives.WriteUInt32BigEndian(root.AsSpan(8), Root);
        records.Add((1, name, root));
        records.Add((Root, "", Thread(3, 1, name)));

        var sorted = records.OrderBy(record => record.Parent).ThenBy(record => Folded(record.Name), StringComparer.Ordinal)
            .Select(record => (Key(record.Parent, record.Name), record.Value)).ToList();
        var header = new byte[512];
        var catalog = Wear is { } seed ? Worn(sorted, seed) : PlusTree.Build(sorted, nodeSize, 516);
        CatalogAt = blocks.Count;
        CatalogLength = catalog.Length;
        Fork(catalog, 4, 0, CatalogBlocksPerRun).CopyTo(header, 272);
        if (attributes.Count > 0)
        {
            Fork(PlusTree.Build(attributes, 4096, 266), 8, 0, 0).CopyTo(header, 352);
        }

        // written last, since the catalog itself may go on in it; in large nodes, since 7-Zip loses a file's runs between two
        var ordered = overflow.OrderBy(record => Convert.ToHexString(record.Key, 4, 4)).ThenBy(record => record.Key[2])
            .ThenBy(record => Convert.ToHexString(record.Key, 8, 4)).ToList();
        Fork(PlusTree.Build(ordered, 4096, 10), 3, 0, 0).CopyTo(header, 192);
        Append(new byte[1024 + blockSize]);
        Fork(Allocation(), 6, 0, 0).CopyTo(header, 112);
        Append(new byte[2048 - (blocks.Count % 2048)]);
        WriteHeader(header);
        var volume = blocks.ToArray();
        header.CopyTo(volume, 1024);
        header.CopyTo(volume, volume.Length - 1024);
        return volume;
    }

    private byte[] Worn(List<(byte[] Key, byte[] Value)> sorted, int seed)
    {
        var tree = new WornTree(nodeSize, (left, right) => Compare(Split(left), Split(right)));
        tree.Wear(new(seed), sorted, [.. deleted.Select(record => (Key(record.Parent, record.Name), record.Value))]);
        foreach (var (key, place) in tree.Places.Where(row => row.Key.Length > 8))
        {
            Records[Split(key).Name] = place;
        }

        return tree.Build(516);
    }

    /// <summary>All blocks are in use but those of deleted files.</summary>
    private byte[] Allocation()
    {
        var map = new byte[(blocks.Count / blockSize / 8) + 8];
        map.AsSpan().Fill(0xFF);
        foreach (var block in freed)
        {
            map[block / 8] &= (byte)~(0x80 >> (block % 8));
        }

        return map;
    }

    private static (uint Parent, string Name) Split(byte[] key) =>
        (BinaryPrimitives.ReadUInt32BigEndian(key.AsSpan(2)), Encoding.BigEndianUnicode.GetString(key, 8, key.Length - 8));

    private static int Compare((uint Parent, string Name) left, (uint Parent, string Name) right) =>
        left.Parent != right.Parent ? left.Parent.CompareTo(right.Parent) : string.CompareOrdinal(Folded(left.Name), Folded(right.Name));

    private int FirstBytes => Math.Max(blockSize, 2048);

    private void WriteHeader(byte[] header)
    {
        var text = IsExtended ? "HX" : "H+";
        Encoding.ASCII.GetBytes(text).CopyTo(header, 0);
        header[3] = (byte)(IsExtended ? 5 : 4);
        header[4 + 2] = 1;
        "10.0"u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), 3_000_000_000);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), 3_000_000_001);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(32), records.Count(record => record.Value.Length == 248));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(36), records.Count(record => record.Value is [0, 1, ..]) - 1);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(40), blockSize);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(44), blocks.Count / blockSize);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(64), nextId);
        "identify"u8.CopyTo(header.AsSpan(104));
    }

    private void Add(uint parent, string name, uint id, PlusFile facts, bool isFolder)
    {
        var value = new byte[isFolder ? 88 : 248];
        BinaryPrimitives.WriteInt16BigEndian(value, isFolder ? (short)1 : (short)2);
        value[3] = (byte)(isFolder ? 0 : 2);
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(8), id);
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(12), 3_000_000_000 + id);
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(16), 3_100_000_000 + id);
        value[41] = facts.OwnerFlags;
        BinaryPrimitives.WriteUInt16BigEndian(value.AsSpan(42), facts.Mode);
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(44), facts.Special);
        Encoding.Latin1.GetBytes(facts.Finder).CopyTo(value, 48);
        BinaryPrimitives.WriteUInt16BigEndian(value.AsSpan(56), facts.FinderFlags);
        if (!isFolder)
        {
            Fork(facts.Content, id, 0, facts.BlocksPerRun).CopyTo(value, 88);
            Fork(facts.Resource, id, 0xFF, facts.BlocksPerRun).CopyTo(value, 168);
        }

        if (facts.Compression.Length > 0)
        {
            AddAttribute(id, facts.Compression);
        }

        if (facts.HasRecord)
        {
            records.Add((parent, name, value));
        }

        if (facts.HasThread)
        {
            records.Add((id, "", Thread(isFolder ? (short)3 : (short)4, parent, name)));
        }
    }

    /// <summary>Puts a fork's bytes into blocks, in runs with a block between them; what has no room goes on in the overflow file.</summary>
    private byte[] Fork(byte[] bytes, uint file, byte kind, int blocksPerRun)
    {
        var fork = new byte[80];
        var total = (bytes.Length + blockSize - 1) / blockSize;
        BinaryPrimitives.WriteInt64BigEndian(fork, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(fork.AsSpan(12), total);
        var runs = new List<(int Start, int Count)>();
        for (var done = 0; done < total; done += runs[^1].Count)
        {
            var count = blocksPerRun == 0 ? total : Math.Min(blocksPerRun, total - done);
            FillUp(FirstBytes);
            runs.Add((blocks.Count / blockSize, count));
            Append(bytes.AsSpan(done * blockSize, Math.Min(count * blockSize, bytes.Length - (done * blockSize))));
            Append(new byte[blocksPerRun == 0 ? 0 : blockSize]);
        }

        WriteRuns(runs.Take(8), fork.AsSpan(16));
        for (var (index, block) = (8, runs.Take(8).Sum(run => run.Count)); index < runs.Count; index += 8)
        {
            var (key, value) = (new byte[12], new byte[64]);
            (key[1], key[2]) = (10, kind);
            BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(4), file);
            BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(8), block);
            WriteRuns(runs.Skip(index).Take(8), value);
            overflow.Add((key, value));
            block += runs.Skip(index).Take(8).Sum(run => run.Count);
        }

        return fork;
    }

    private void AddAttribute(uint file, byte[] content)
    {
        const string Name = "com.apple.decmpfs";
        var (key, value) = (new byte[14 + (2 * Name.Length)], new byte[(16 + content.Length + 1) / 2 * 2]);
        BinaryPrimitives.WriteUInt16BigEndian(key, (ushort)(key.Length - 2));
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(4), file);
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(12), (ushort)Name.Length);
        Encoding.BigEndianUnicode.GetBytes(Name).CopyTo(key, 14);
        value[3] = 0x10;
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(12), content.Length);
        content.CopyTo(value, 16);
        attributes.Add((key, value));
    }

    private static void WriteRuns(IEnumerable<(int Start, int Count)> runs, Span<byte> target)
    {
        foreach (var (start, count) in runs)
        {
            BinaryPrimitives.WriteInt32BigEndian(target, start);
            BinaryPrimitives.WriteInt32BigEndian(target[4..], count);
            target = target[8..];
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        blocks.AddRange(bytes);
        FillUp((blocks.Count + blockSize - 1) / blockSize * blockSize);
    }

    private void FillUp(int length) => blocks.AddRange(new byte[Math.Max(0, length - blocks.Count)]);

    private static byte[] Key(uint parent, string name)
    {
        var key = new byte[8 + (2 * name.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(key, (ushort)(key.Length - 2));
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(2), parent);
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(6), (ushort)name.Length);
        Encoding.BigEndianUnicode.GetBytes(name).CopyTo(key, 8);
        return key;
    }

    private static byte[] Thread(short type, uint parent, string name)
    {
        var thread = new byte[10 + (2 * name.Length)];
        BinaryPrimitives.WriteInt16BigEndian(thread, type);
        BinaryPrimitives.WriteUInt32BigEndian(thread.AsSpan(4), parent);
        BinaryPrimitives.WriteUInt16BigEndian(thread.AsSpan(8), (ushort)name.Length);
        Encoding.BigEndianUnicode.GetBytes(name).CopyTo(thread, 10);
        return thread;
    }

    /// <summary>NUL is behind all others, as the order of HFS+ has it.</summary>
    private static string Folded(string name) => name.ToLowerInvariant().Replace('\0', '\uFFFF');
}
