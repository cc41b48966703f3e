using System.IO.Compression;
using System.Text;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>What HFS+ has beyond HFS, on volumes that a writer of the tests' own made; 7-Zip is the judge where it can be.</summary>
public sealed class HfsPlusTests
{
    private static readonly byte[] Big = [.. Enumerable.Range(0, 200_000).Select(index => (byte)(index * 7919 >> 5))];

    [Fact]
    public void Forks_fragments_and_names_are_read_as_7_Zip_reads_them()
    {
        Tool.Require("7zz");
        var made = new PlusDisc { CatalogBlocksPerRun = 2 };
        var folder = made.Folder(PlusDisc.Root, "Folder");
        for (var number = 0; number < 60; number++)
        {
            made.File(folder, $"file {number:d3}", new() { Content = Big[..(number * 37)], Mode = 0x81A4 });
        }

        made.File(PlusDisc.Root, "pieces", new() { Content = Big, BlocksPerRun = 3 });
        made.File(PlusDisc.Root, "forks", new() { Content = Big[..700], Resource = Big[5..9_000], Finder = "TEXTttxt", BlocksPerRun = 1 });
        var disc = new ScratchedDisc(made.Build());
        var volume = disc.Read();

        Assert.Equal(("HFS+", "Made", FileSystemKind.HfsPlus), (volume.Format, volume.VolumeName, volume.Kind));
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
        Assert.True(volume.Entry("pieces").Extents!.Count > 100);
        Assert.Equal(Big, disc.Content(volume.Entry("pieces")));
        Assert.Equal(Big[5..9_000], disc.Content(volume.Entry("._forks"))[82..]);
        Assert.Equal("TEXTttxt", Encoding.ASCII.GetString(disc.Content(volume.Entry("._forks")), 50, 8));
        Assert.Equal(0x81A4u, volume.Entry("file 007").Mode);

        using var target = new TempFolder();
        File.WriteAllBytes(target["made.img"], disc.Bytes);
        Tool.Run("7zz", "x", "-thfs", $"-o{target["out"]}", target["made.img"]);
        foreach (var (entry, path) in MacListing.Paths(volume).Where(row => row.Entry is { Kind: EntryKind.File, Preamble.IsEmpty: true }))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(target["out"], "Made", path)), disc.Content(entry));
        }
    }

    [Fact]
    public void Every_name_of_a_linked_file_has_its_content_and_the_folders_behind_are_hidden()
    {
        var made = new PlusDisc();
        var files = made.Folder(PlusDisc.Root, "\0\0\0\0HFS+ Private Data");
        var folders = made.Folder(PlusDisc.Root, ".HFS+ Private Directory Data\r");
        made.File(files, "iNode77", new() { Content = Big[..999], Mode = 0x81A4, Special = 2 });
        made.File(files, "iNode78", new() { Content = Big[..55] });
        made.File(files, "temp99", new() { Content = Big[..5] });
        var shared = made.Folder(folders, "dir_5");
        made.File(shared, "inside", new() { Content = Big[..10] });
        made.File(PlusDisc.Root, "one", new() { Finder = "hlnkhfs+", Special = 77 });
        made.File(PlusDisc.Root, "two", new() { Finder = "hlnkhfs+", Special = 77 });
        made.File(PlusDisc.Root, "gone", new() { Finder = "hlnkhfs+", Special = 66 });
        made.File(PlusDisc.Root, "first", new() { Finder = "fdrpMACS", Special = 5 });
        made.File(PlusDisc.Root, "second", new() { Finder = "fdrpMACS", Special = 5 });
        var disc = new ScratchedDisc(made.Build());
        var volume = disc.Read();

        Assert.Equal(
            ["\0\0\0\0HFS+ Private Data", "\0\0\0\0HFS+ Private Data/iNode78", "first", "first/inside", "gone", "one", "second", "two"],
            MacListing.Paths(volume).Select(row => row.Path).Order(StringComparer.Ordinal));
        Assert.Equal(Big[..999], disc.Content(volume.Entry("one")));
        Assert.Equal(Big[..999], disc.Content(volume.Entry("two")));
        Assert.Equal(0x81A4u, volume.Entry("two").Mode);
        Assert.Null(volume.Entry("gone").Extents);
        Assert.Equal((EntryKind.SymbolicLink, "/first"), (volume.Entry("second").Kind, volume.Entry("second").LinkTarget));
        Assert.Equal([DamageIds.HfsLinkBroken], volume.Damages.Select(damage => damage.Id));
    }

    [Fact]
    public void Links_and_special_files_are_told_by_their_mode()
    {
        var made = new PlusDisc { IsExtended = true };
        made.File(PlusDisc.Root, "link", new() { Content = "target/Ä"u8.ToArray(), Mode = 0xA1ED, Finder = "slnkrhap" });
        made.File(PlusDisc.Root, "pipe", new() { Mode = 0x11A4 });
        var volume = new ScratchedDisc(made.Build()).Read();

        Assert.Equal("HFSX", volume.Format);
        Assert.Equal((EntryKind.SymbolicLink, "target/Ä"), (volume.Entry("link").Kind, volume.Entry("link").LinkTarget));
        Assert.Equal(EntryKind.Special, volume.Entry("pipe").Kind);
        Assert.Equal(2, volume.Entries.Count);
        Assert.True(volume.Structures.TotalLength > 0);
    }

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("A\u0323\u0302", "Ậ")]
    [InlineData("\u03B1\u030D", "ά")]
    [InlineData("\u018F\u0308\u0275\u0308", "\u04DA\u04EB")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("\u304B\u3099", "が")]
    [InlineData("a/b", "a:b")]
    [InlineData("x\u0301", "x\u0301")]
    [InlineData("=\u0338", "=\u0338")]
    public void Names_are_composed(string stored, string shown)
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, stored, new());
        var entry = Assert.Single(new ScratchedDisc(made.Build()).Read().Entries);

        Assert.Equal(shown, entry.Name);
        Assert.Equal(Encoding.BigEndianUnicode.GetBytes(stored), entry.RawName.ToArray());
    }

    [Fact]
    public void Compressed_files_are_listed_as_they_were_before()
    {
        var made = new PlusDisc(blockSize: 4096, nodeSize: 4096);
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("compressed ", 20_000)));
        made.File(PlusDisc.Root, "inline", Compressed(3, 4000, Zlib(text[..4000])));
        made.File(PlusDisc.Root, "inline plain", Compressed(3, 300, [0xFF, .. Big[..300]]));
        made.File(PlusDisc.Root, "blocks", Compressed(4, text.Length, []) with { Resource = Blocks(text) });
        made.File(PlusDisc.Root, "plain", Compressed(1, 300, Big[..300]));
        made.File(PlusDisc.Root, "plain, empty", Compressed(1, 0, []));
        made.File(PlusDisc.Root, "plain, marked", Compressed(9, 299, [0xCC, .. Big[..299]]));
        made.File(PlusDisc.Root, "plain liar", Compressed(1, 300, Big[..299]));
        made.File(PlusDisc.Root, "unknown", Compressed(7, 500, Big[..60]));
        made.File(PlusDisc.Root, "liar", Compressed(3, 1 << 30, Zlib(text[..4000])));
        var disc = new ScratchedDisc(made.Build());
        var volume = disc.Read();

        Assert.Equal(text[..4000], disc.Content(volume.Entry("inline")));
        Assert.Equal(Big[..300], disc.Content(volume.Entry("inline plain")));
        Assert.Equal(Big[..300], disc.Content(volume.Entry("plain")));
        Assert.Equal(Big[..299], disc.Content(volume.Entry("plain, marked")));
        Assert.Equal(0, volume.Entry("plain, empty").Size);
        Assert.Equal(text, disc.Content(volume.Entry("blocks")));
        Assert.Equal(text.Length, volume.Entry("blocks").Size);
        Assert.DoesNotContain(volume.Entries, entry => entry.Name.StartsWith("._", StringComparison.Ordinal));
        Assert.Equal((0L, 76L), (volume.Entry("unknown").Size, Assert.Single(volume.Entries, entry => entry is { Kind: EntryKind.Stream, Parent.Name: "unknown" }).Size));
        Assert.Equal(3, volume.Damages.Count(damage => damage.Id == DamageIds.HfsCompressionUnknown));
    }

    [Fact]
    public void A_compressed_file_whose_resource_fork_lies_in_pieces_is_read_as_far_as_no_stream_does()
    {
        var made = new PlusDisc(blockSize: 4096, nodeSize: 4096);
        var plain = new byte[150_000];
        new Random(1).NextBytes(plain);
        made.File(PlusDisc.Root, "plain", Compressed(4, plain.Length, []) with { Resource = Blocks(plain, isPlain: true), BlocksPerRun = 3 });
        made.File(PlusDisc.Root, "whole streams", Compressed(4, plain.Length, []) with { Resource = Blocks(new byte[150_000]), BlocksPerRun = 1 });
        made.File(PlusDisc.Root, "cut stream", Compressed(4, plain.Length, []) with { Resource = Blocks(plain), BlocksPerRun = 1 });
        var disc = new ScratchedDisc(made.Build());
        var volume = disc.Read();

        Assert.True(volume.Entry("plain").Extents!.Count > 10);
        Assert.Equal(plain, disc.Content(volume.Entry("plain")));
        Assert.Equal(new byte[150_000], disc.Content(volume.Entry("whole streams")));

        // what is not undone is kept as it is stored, and said
        Assert.Equal(Blocks(plain), disc.Content(volume.Entry("._cut stream"))[82..]);
        Assert.Single(volume.Entries, entry => entry is { Kind: EntryKind.Stream, Parent.Name: "cut stream" });
        Assert.Contains("cut stream", Assert.Single(volume.Damages, damage => damage.Id == DamageIds.HfsCompressionUnknown).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)] // not stored here
    [InlineData(7)] // LZVN, in the attribute or in the resource fork
    [InlineData(8)]
    [InlineData(10)] // plain, in the resource fork
    [InlineData(11)] // LZFSE
    [InlineData(12)]
    public void A_compression_that_is_not_undone_is_said_and_all_of_it_is_kept(byte type)
    {
        var made = new PlusDisc(blockSize: 4096, nodeSize: 4096);
        made.File(PlusDisc.Root, "file", Compressed(type, 70_000, Big[..90]) with { Resource = Big[..5000] });
        var disc = new ScratchedDisc(made.Build());
        var volume = disc.Read();
        Assert.Equal([DamageIds.HfsCompressionUnknown], volume.Damages.Select(damage => damage.Id));
        Assert.Equal(Big[..5000], disc.Content(volume.Entry("._file"))[82..]);
        Assert.Equal(Big[..90], disc.Content(Assert.Single(volume.Entries, entry => entry.Kind == EntryKind.Stream))[16..]);
    }

    [Fact]
    public void A_volume_in_a_wrapper_or_a_partition_is_found_where_it_lies()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { Content = Big[..5000] });
        var inner = made.Build();
        foreach (var disc in new[] { MacDisc.Wrapped(inner), MacDisc.Mapped(512, 512, inner), MacDisc.Mapped(2048, 2048, inner), MacDisc.Mapped(2048, 512, inner) })
        {
            var volume = disc.Read();
            Assert.Equal("HFS+", volume.Format);
            Assert.Empty(volume.Damages);
            Assert.Equal(Big[..5000], disc.Content(volume.Entry("file")));
        }
    }

    [Fact]
    public void Several_partitions_are_several_volumes()
    {
        var volumes = new[] { "One", "Two", "Three" }.Select(name => new PlusDisc().Build(name)).ToArray();
        Assert.Equal(["One", "Two", "Three"], VolumeReader.ReadAll(MacDisc.Mapped(512, 512, volumes)).Select(volume => volume.VolumeName));

        // A partition that nobody finds, or of which the map has no word any more, is missed.
        foreach (var sectors in (long[][])[[2, 3], [3], [.. Enumerable.Range(32, volumes[0].Length / 2048).Select(sector => (long)sector)]])
        {
            var found = VolumeReader.ReadAll(MacDisc.Mapped(2048, 2048, volumes).Blank(sectors));
            Assert.Contains(found, volume => volume.VolumeName == "Three");
            Assert.Contains(found, volume => volume.IsIncomplete && volume.Damages.Any(damage => damage.Id == DamageIds.HfsPartitionLost));
        }
    }

    [Fact]
    public void An_entry_of_a_map_with_a_damaged_signature_is_known_by_the_maps_length()
    {
        var disc = MacDisc.Mapped(512, 512, [.. new[] { "One", "Two", "Three" }.Select(name => new PlusDisc().Build(name))]);
        disc.Bytes[3 * 512] ^= 0x20;
        Assert.Equal(["One", "Two", "Three"], VolumeReader.ReadAll(disc).Select(volume => volume.VolumeName));
    }

    [Fact]
    public void A_wrapper_whose_first_block_is_damaged_is_one_by_its_copy()
    {
        var disc = MacDisc.Wrapped(new PlusDisc().Build("Inside"));
        disc.Bytes.AsSpan(1024, 162).CopyTo(disc.Bytes.AsSpan(disc.Bytes.Length - 1024));
        disc.Bytes.AsSpan(1024 + 124, 6).Clear();
        var volume = disc.Read();
        Assert.Equal(("HFS+", "Inside"), (volume.Format, volume.VolumeName));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Fact]
    public void A_blank_volume_header_leaves_its_copy()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { Content = Big[..5000] });
        var disc = new ScratchedDisc(made.Build()).Blank(0);
        var volume = disc.Read();
        Assert.Equal(Big[..5000], disc.Content(volume.Entry("file")));
        Assert.Contains(volume.Damages, damage => damage is { Id: DamageIds.HfsHeaderLost, Sector: 0 });
    }

    [Fact]
    public void The_UUID_is_what_blkid_says()
    {
        Tool.Require("blkid");
        using var folder = new TempFolder();
        var bytes = new PlusDisc().Build("Named");
        File.WriteAllBytes(folder["made.img"], bytes);

        var volume = new ScratchedDisc(bytes).Read();
        Assert.Equal(volume.Uuid, Tool.Run("blkid", "-p", "-o", "value", "-s", "UUID", folder["made.img"]).TrimEnd('\n'));
        Assert.Equal("hfsplus", Tool.Run("blkid", "-p", "-o", "value", "-s", "TYPE", folder["made.img"]).TrimEnd('\n'));
    }

    [Fact]
    public void A_journal_with_changes_in_it_is_a_flaw()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "journal", new() { Content = [.. Journal(), .. new byte[4096]] });
        var bytes = made.Build();
        var block = bytes.AsSpan().IndexOf("JNLINFO!"u8) - 4;
        bytes[1024 + 6] |= 0x20;
        bytes[1024 + 14] = (byte)(block / 512 >> 8);
        bytes[1024 + 15] = (byte)(block / 512);
        bytes[block + 42] = (byte)((block + 512) >> 8);
        bytes[block + 43] = (byte)(block + 512);
        Assert.Equal([DamageIds.HfsJournalPending], new ScratchedDisc(bytes).Read().Damages.Select(damage => damage.Id));
        bytes[block + 512 + 16] = bytes[block + 512 + 8];
        Assert.Empty(new ScratchedDisc(bytes).Read().Damages);
    }

    private static byte[] Journal()
    {
        var bytes = new byte[1024];
        bytes[3] = 1;
        "JNLINFO!"u8.CopyTo(bytes.AsSpan(4));
        "xLNJ"u8.CopyTo(bytes.AsSpan(512));
        (bytes[512 + 8], bytes[512 + 16]) = (1, 2);
        return bytes;
    }

    private static PlusFile Compressed(byte type, int size, byte[] rest) => new()
    {
        OwnerFlags = 0x20,
        Compression = [.. "fpmc"u8, type, 0, 0, 0, .. BitConverter.GetBytes((long)size), .. rest],
    };

    private static byte[] Blocks(byte[] content, bool isPlain = false)
    {
        var chunks = content.Chunk(65536).Select(chunk => chunk.Length < 65536 || isPlain ? [0xFF, .. chunk] : Zlib(chunk)).ToList();
        var table = new List<byte>(BitConverter.GetBytes(chunks.Count));
        var offset = 4 + (8 * chunks.Count);
        foreach (var chunk in chunks)
        {
            table.AddRange(BitConverter.GetBytes(offset));
            table.AddRange(BitConverter.GetBytes(chunk.Length));
            offset += chunk.Length;
        }

        return [0, 0, 1, 0, .. new byte[252], .. new byte[4], .. table, .. chunks.SelectMany(chunk => chunk), .. new byte[50]];
    }

    private static byte[] Zlib(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal))
        {
            zlib.Write(content);
        }

        return target.ToArray();
    }
}
