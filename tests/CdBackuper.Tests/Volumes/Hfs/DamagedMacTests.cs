using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Macintosh volumes with unreadable sectors and with catalogs that lead astray.</summary>
public sealed class DamagedMacTests
{
    private const int Files = 70;

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void Whichever_sector_of_HFS_plus_is_lost_every_file_whose_record_is_left_is_found(int nodeSize)
    {
        var made = new PlusDisc(nodeSize: nodeSize) { CatalogBlocksPerRun = nodeSize == 1024 ? 14 : 0 };
        var folders = Enumerable.Range(0, 7).Select(number => made.Folder(PlusDisc.Root, $"folder {Text(number)}")).ToArray();
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(folders[number % 7], $"file {Text(number)}", new() { Content = Encoding.ASCII.GetBytes($"content {Text(number)}") });
        }

        LoseEachSector(made.Build("A volume"), name => Wide(name));
    }

    [Fact]
    public void Whichever_sector_of_HFS_is_lost_every_file_whose_record_is_left_is_found()
    {
        using var made = new HfsUtilsDisc(800, "A volume");
        foreach (var number in Enumerable.Range(0, 7))
        {
            made.Run("hmkdir", $":folder {Text(number)}");
        }

        foreach (var number in Enumerable.Range(0, Files))
        {
            made.PutRaw($":folder {Text(number % 7)}:file {Text(number)}", Encoding.ASCII.GetBytes($"content {Text(number)}"));
        }

        LoseEachSector(made.Image.Bytes, name => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)]);
    }

    [Fact]
    public void A_name_whose_record_is_lost_is_listed_by_its_thread()
    {
        var made = new PlusDisc();
        var folder = made.Folder(PlusDisc.Root, "folder");
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(folder, $"file {Text(number)}", new() { Content = [1] });
        }

        var bytes = made.Build();
        var lost = new ScratchedDisc(bytes).Without(RecordOf(bytes, Wide("file 30")) / Sector.Size).Read();
        Assert.Null(lost.Entry("file 30").Extents);
        Assert.Equal("folder/file 30", lost.PathOf("file 30"));
        Assert.Equal(Files + 1, lost.Entries.Count);
        Assert.True(lost.IsIncomplete);
        Assert.Contains(lost.Damages, damage => damage.Id == DamageIds.HfsTreeBroken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_split_left_behind_in_a_node_whose_head_is_lost_is_of_old(bool hasSameNumber)
    {
        var made = new PlusDisc(blockSize: 2048, nodeSize: 4096);
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new() { Content = new byte[100 + number], HasThread = hasSameNumber });
        }

        // the last record of the first leaf becomes one of old: its leaf has one less, and the next begins with it, changed since
        var bytes = made.Build();
        var (first, second) = (made.CatalogAt + 4096, made.CatalogAt + (2 * 4096));
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(first + 10));
        var old = first + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(first + 4096 - (2 * count)));
        var name = Encoding.BigEndianUnicode.GetString(bytes, old + 8, 14);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(first + 10), (ushort)(count - 1));
        bytes[made.CatalogAt + 14 + 9]--; // how many records there are
        bytes.AsSpan(old, 22).CopyTo(bytes.AsSpan(second + 14));
        bytes.AsSpan(old + 22 + 8, hasSameNumber ? 4 : 0).CopyTo(bytes.AsSpan(second + 14 + 22 + 8));
        Assert.Equal(0, first % Sector.Size);
        Assert.Single(new ScratchedDisc(bytes).Read().Entries, entry => entry.Name == name);
        var volume = new ScratchedDisc(bytes).Without(first / Sector.Size).Read();
        Assert.Equal(100 + int.Parse(name[5..], CultureInfo.InvariantCulture) + 1, Assert.Single(volume.Entries, entry => entry.Name == name).Size);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsTreeBroken);
    }

    [Fact]
    public void What_a_split_left_behind_is_of_old_where_the_next_node_is_lost_too()
    {
        var made = new PlusDisc(blockSize: 2048, nodeSize: 4096);
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new() { Content = new byte[100 + number] });
        }

        // as above, but the index has the old record's name for the next node, which can't be read
        var bytes = made.Build();
        var (first, second) = (made.CatalogAt + 4096, made.CatalogAt + (2 * 4096));
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(first + 10));
        var old = first + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(first + 4096 - (2 * count)));
        var name = Encoding.BigEndianUnicode.GetString(bytes, old + 8, 14);
        var nextName = bytes.AsSpan(second + 14, 22).ToArray();
        var root = made.CatalogAt + (4096 * (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(made.CatalogAt + 16)));
        bytes.AsSpan(old, 22).CopyTo(bytes.AsSpan(root + bytes.AsSpan(root, 4096).IndexOf(nextName)));
        var volume = new ScratchedDisc(bytes).Without(first / Sector.Size, second / Sector.Size, (second / Sector.Size) + 1).Read();

        Assert.All(volume.Entries.Where(entry => entry.Name == name), entry => Assert.Null(entry.Extents));
        Assert.True(volume.IsIncomplete);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(8192)]
    public void A_record_that_ends_in_a_blank_sector_is_lost(int nodeSize)
    {
        var made = new PlusDisc(blockSize: 2048, nodeSize: nodeSize);
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new() { Content = new byte[100 + number], Resource = number % 2 == 0 ? [] : [1] });
        }

        var bytes = made.Build();
        var intact = new ScratchedDisc(bytes).Read().Entries.ToDictionary(entry => entry.Name, entry => entry.Extents);
        var lost = 0;
        for (var sector = made.CatalogAt / Sector.Size; sector < (made.CatalogAt + made.CatalogLength) / Sector.Size; sector++)
        {
            var volume = new ScratchedDisc([.. bytes]).Blank(sector).Read();
            lost += volume.Entries.Count(entry => entry.Extents is null);
            Assert.All(volume.Entries.Where(entry => entry.Extents is not null), entry => Assert.Equal(intact[entry.Name], entry.Extents));
        }

        Assert.True(lost > 0);
    }

    [Fact]
    public void A_volume_header_that_leads_nowhere_leaves_its_copy()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { Content = [1] });
        var bytes = made.Build();
        bytes.AsSpan(1024 + 272, 80).Clear();
        var volume = new ScratchedDisc(bytes).Read();

        Assert.NotEmpty(volume.Entry("file").Extents!);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_header_that_is_none_leaves_its_copy_where_a_volume_is_said_to_be(bool isWrapped)
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { Content = [1] });
        var bytes = made.Build();
        bytes.AsSpan(1024, 512).Clear();
        var volume = (isWrapped ? MacDisc.Wrapped(bytes) : MacDisc.Mapped(512, 512, bytes)).Read();

        Assert.NotEmpty(volume.Entry("file").Extents!);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Theory]
    [InlineData(20, 12)] // how many records there are, and where the leaves begin and end
    [InlineData(14, 18)] // and depth and root
    public void A_catalog_that_says_that_it_is_empty_is_searched(int at, int length)
    {
        var made = new PlusDisc();
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new());
        }

        var bytes = made.Build();
        bytes.AsSpan(made.CatalogAt + at, length).Clear();
        var volume = new ScratchedDisc(bytes).Read();
        Assert.Equal(Files, volume.Entries.Count);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsTreeBroken);
    }

    [Fact]
    public void A_leaf_that_says_that_it_is_empty_lacks_records()
    {
        var made = new PlusDisc();
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new());
        }

        var bytes = made.Build();
        bytes.AsSpan(made.CatalogAt + (5 * 1024) + 10, 2).Clear();
        var volume = new ScratchedDisc(bytes).Read();
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsTreeBroken);
    }

    [Fact]
    public void A_compressed_file_whose_content_is_not_there_is_lost()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { OwnerFlags = 0x20 });
        Assert.Null(new ScratchedDisc(made.Build()).Read().Entry("file").Extents);
    }

    [Fact]
    public void A_chain_that_goes_round_ends_and_loses_nothing()
    {
        var made = new PlusDisc();
        foreach (var number in Enumerable.Range(0, Files))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new());
        }

        var bytes = made.Build();
        bytes[made.CatalogAt + (5 * 1024) + 3] = 2;
        var volume = new ScratchedDisc(bytes).Read();
        Assert.Equal(Files, volume.Entries.Count);
        Assert.False(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsTreeBroken);
    }

    [Fact]
    public void Folders_that_lie_in_each_other_or_in_none_are_placed_apart()
    {
        var made = new PlusDisc();
        made.Folder(101, "egg", id: 100);
        made.Folder(100, "hen", id: 101);
        made.File(100, "in the egg", new());
        made.File(4711, "nowhere", new());
        made.Folder(PlusDisc.Root, "known by its thread", new() { HasRecord = false }, id: 200);
        made.File(200, "in the thread", new());
        made.Folder(PlusDisc.Root, "itself", id: PlusDisc.Root);
        made.File(1, "beside the root", new());
        var paths = MacListing.Paths(new ScratchedDisc(made.Build()).Read()).Select(row => row.Path).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "_orphans",
                "_orphans/beside the root",
                "_orphans/folder 4711",
                "_orphans/folder 4711/nowhere",
                "_orphans/hen",
                "_orphans/hen/egg",
                "_orphans/hen/egg/hen",
                "_orphans/hen/egg/in the egg",
                "itself",
                "known by its thread",
                "known by its thread/in the thread",
            ],
            paths);
    }

    [Fact]
    public void A_size_beyond_the_volume_and_runs_that_are_none_count_as_lost()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, "file", new() { Content = new byte[600] });
        var bytes = made.Build();
        var fork = RecordOf(bytes, Wide("file")) + 10 + 88;
        bytes.AsSpan(fork, 8).Fill(0x7F);
        var volume = new ScratchedDisc(bytes).Read();

        Assert.Equal(bytes.Length, volume.Entry("file").Size);
        Assert.Equal(volume.Entry("file").Size, volume.Entry("file").Extents!.Sum(extent => extent.Length));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsExtentsMissing);
    }

    [Fact]
    public void A_disc_without_a_Macintosh_side_costs_two_reads()
    {
        var disc = new CountedSectors(new ScratchedDisc(new byte[400 * Sector.Size]));
        Assert.DoesNotContain(VolumeReader.ReadAll(disc), volume => volume.Kind is FileSystemKind.Hfs or FileSystemKind.HfsPlus);
        Assert.InRange(disc.Reads.Count(sector => sector < 16), 1, 2);
    }

    private static void LoseEachSector(byte[] bytes, Func<string, byte[]> key)
    {
        var intact = new ScratchedDisc(bytes).Read();
        Assert.Empty(intact.Damages);
        var files = intact.Entries.Where(entry => entry is { Kind: EntryKind.File, Preamble.IsEmpty: true }).ToList();
        Assert.Equal(Files, files.Count);
        var records = files.ToDictionary(file => file.Name, file => RecordsOf(bytes, key(file.Name)).ToList());
        var needed = 0;
        for (var sector = 0; sector < bytes.Length / Sector.Size; sector++)
        {
            var lost = ByteRange.OfSectors(sector, 1);
            var volume = new ScratchedDisc(bytes).Without(sector).Read();
            Assert.Equal("A volume", volume.VolumeName ?? "A volume");
            Assert.NotEmpty(EntryPaths.Assign(volume.Entries));
            if (!intact.Structures.Within(lost).Any())
            {
                Assert.Equal(intact.Entries.Select(Line), volume.Entries.Select(Line));
                Assert.Empty(volume.Damages);
                continue;
            }

            needed++;
            Assert.NotEmpty(volume.Damages);
            Assert.True(volume.Structures.Within(lost).Any(), $"sector {sector} is no structure");
            var found = volume.Entries.Where(entry => entry.Extents is not null).ToLookup(entry => entry.Name);
            foreach (var file in files)
            {
                // a record of HFS or HFS+ is at most 300 bytes long with a short key
                var isHit = records[file.Name].Exists(record => new ByteRange(record, 290).Intersect(lost).Length > 0);
                Assert.True(isHit || found[file.Name].Any(), $"{file.Name} is missing without sector {sector}");
                Assert.All(found[file.Name], entry => Assert.Equal(file.Extents, entry.Extents));
            }
        }

        Assert.True(needed > 5);
    }

    private static string Line(FileEntry entry) => $"{entry.Parent?.Name}/{entry.Name} {entry.Extents?.Sum(extent => extent.Start)}";

    private static string Text(int number) => number.ToString("d2", CultureInfo.InvariantCulture);

    private static byte[] Wide(string name) => [0, (byte)name.Length, .. Encoding.BigEndianUnicode.GetBytes(name)];

    private static int RecordOf(byte[] bytes, byte[] name) => RecordsOf(bytes, name).First();

    /// <returns>
    /// Where the name of the file's record begins: in index nodes and threads no record of type 2 follows it. hfsutils
    /// leaves copies of old in what is free of a node.
    /// </returns>
    private static IEnumerable<int> RecordsOf(byte[] bytes, byte[] name)
    {
        for (var from = 0; bytes.AsSpan(from).IndexOf(name) is >= 0 and var found; from++)
        {
            from += found;
            var value = bytes.AsSpan((from + name.Length + (name[0] == 0 ? 0 : 1)) & ~1, 4);
            if (value is [0, 2, _, _] || (name[0] != 0 && value is [2, 0, _, _]))
            {
                yield return from;
            }
        }
    }
}
