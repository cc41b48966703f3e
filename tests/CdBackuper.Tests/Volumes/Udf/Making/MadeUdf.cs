using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>A disc with one of everything, and what should be read of it.</summary>
internal static class MadeUdf
{
    public const string WideName = "Ünï 日本語 😀.txt";
    public const int ManyFiles = 50;
    public static readonly long SparseHole = (5L << 30) + 4096;

    public static UdfDiscMaker Make(UdfLayout layout, int revision = 0x0201, int blockSize = 2048)
    {
        var maker = new UdfDiscMaker(layout, revision, blockSize)
        {
            WornPackets = layout == UdfLayout.Sparable ? [0, 64] : [],
            IsTableEmbedded = revision == 0x0250,
        };
        Fill(maker.Root, layout, revision, blockSize);
        if (revision >= 0x0200)
        {
            maker.SystemStreams.Names.Add(new(UdfFields.Compress("*UDF Backup"), new() { Content = Bytes("backup") }, 0x10));
        }

        return maker;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <returns>Bytes that differ everywhere, so that swapped blocks are noticed.</returns>
    public static byte[] Pattern(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <returns>
    /// Every name of the made tree with its node, in the form of paths; deleted ones left out, streams named once.
    /// </returns>
    public static Dictionary<string, UdfNode> Paths(UdfNode root)
    {
        var paths = new Dictionary<string, UdfNode>(StringComparer.Ordinal);
        var withStreams = new HashSet<UdfNode>();
        var pending = new Queue<(string Prefix, UdfNode Node)>([("", root)]);
        while (pending.TryDequeue(out var folder))
        {
            foreach (var name in folder.Node.Names.Where(name => (name.Characteristics & 4) == 0))
            {
                var path = folder.Prefix + Decode(name.Raw);
                paths.Add(path, name.Node);
                pending.Enqueue((path + "/", name.Node));
                foreach (var stream in withStreams.Add(name.Node) ? name.Node.Streams : [])
                {
                    paths.Add($"{path}:{Decode(stream.Raw)}", stream.Node);
                }
            }
        }

        return paths;
    }

    /// <returns>
    /// The entries of a volume by their paths; a stream's name stands behind a colon. Hard links' streams count once.
    /// </returns>
    public static Dictionary<string, FileEntry> Paths(IVolume volume)
    {
        var names = new Dictionary<FileEntry, string>();
        var paths = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        foreach (var entry in volume.Entries)
        {
            var separator = entry.Kind == EntryKind.Stream ? ":" : "/";
            names[entry] = entry.Parent is { } parent ? names[parent] + separator + entry.Name
                : entry.Kind == EntryKind.Stream ? ":" + entry.Name : entry.Name;
            paths.Add(names[entry], entry);
        }

        return paths;
    }

    /// <returns>The content put together from the extents; null where a byte of it can't be read.</returns>
    public static byte[]? Content(ISectorSource disc, FileEntry entry)
    {
        using var content = new MemoryStream();
        foreach (var extent in entry.Extents ?? [])
        {
            if (!extent.IsStored)
            {
                content.Write(new byte[extent.Length]);
                continue;
            }

            var first = extent.Start / Sector.Size;
            var bytes = new byte[Sector.Count(extent.Start + extent.Length - (first * Sector.Size)) * Sector.Size];
            if (!disc.TryRead(first, bytes))
            {
                return null;
            }

            content.Write(bytes, (int)(extent.Start % Sector.Size), (int)extent.Length);
        }

        return entry.Extents is null ? null : content.ToArray();
    }

    public static byte[] Expected(UdfNode node) =>
        [.. node.Content[..Math.Min(node.Content.Length, FirstExtent(node))], .. new byte[node.Hole + node.NotRecorded], .. node.Content[Math.Min(node.Content.Length, FirstExtent(node))..]];

    public static IVolume ReadUdf(this ISectorSource disc, ReadingOptions? options = null) =>
        VolumeReader.ReadAll(disc, options).Last(volume => volume.Kind == FileSystemKind.Udf);

    private static int FirstExtent(UdfNode node) => node.Extents is [var (_, length), ..] ? length : 0;

    private static void Fill(UdfNode root, UdfLayout layout, int revision, int blockSize)
    {
        // a short descriptor means the entry's own partition, which has no room for content where it is not the
        // physical one
        var form = layout is UdfLayout.Plain or UdfLayout.Sparable ? 0 : 1;
        var isExtended = revision >= 0x0200;
        root.Add("hello.txt", Bytes("hello\n"), form: 3);
        var hard = root.Add("data.bin", new UdfNode { Content = Pattern(5000, 1), Form = form, IsExtended = isExtended, Flags = 0x1C0 });
        root.Add("frag.bin", new UdfNode { Content = Pattern((7 * blockSize) - 100, 2), Form = form, BlocksPerExtent = 1, DescriptorsPerPlace = 2 });
        root.Add("extended.bin", new UdfNode { Content = Pattern(3 * blockSize, 3), Form = 2, BlocksPerExtent = 1 });
        root.Add("holes.bin", new UdfNode { Content = Pattern(2 * blockSize, 4), BlocksPerExtent = 1, Hole = 3L * blockSize, NotRecorded = blockSize });
        root.Add(WideName, Bytes("wide"));
        root.Add("empty", []);
        root.Add("gone.txt", new UdfNode { Content = Bytes("deleted") }, characteristics: 4);
        root.Add("hidden.txt", new UdfNode { Content = Bytes("hidden"), IsExtended = isExtended }, characteristics: 1);
        root.Add("link", new UdfNode { FileType = 12, Form = 3, Content = [2, 0, 0, 0, 3, 0, 0, 0, 5, 4, 0, 0, 8, .. "dir"u8, 4, 0, 0, 0] });
        root.Add("pipe", new UdfNode { FileType = 9, Form = 3 });
        var chained = new UdfNode { Content = Bytes("third"), Earlier = [Bytes("first"), Bytes("second")] };
        root.Add("chained.txt", chained);
        var folder = root.Folder("dir");
        folder.Folder("sub").Add("deep.txt", Bytes("deep"));
        folder.Add("hard link.bin", hard);
        if (isExtended)
        {
            root.Names[1].Node.Stream("Zone.Identifier", Bytes("[ZoneTransfer]"));
            root.Names[1].Node.Stream("*UDF Macintosh Resource Fork", Pattern(3000, 5));
        }

        var many = root.Add("many", new UdfNode { FileType = 4, Form = form, BlocksPerExtent = 1 });
        for (var index = 0; index < ManyFiles; index++)
        {
            many.Add($"a file with a longer name, number {index:D3}.txt", Bytes($"{index}"), form: 3);
        }
    }

    private static string Decode(byte[] raw) =>
        raw[0] == 8 ? Encoding.Latin1.GetString(raw.AsSpan(1)) : Encoding.BigEndianUnicode.GetString(raw.AsSpan(1));
}
