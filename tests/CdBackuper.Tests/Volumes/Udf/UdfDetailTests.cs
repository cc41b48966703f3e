using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Small things that a disc may have and that are easily got wrong.</summary>
public sealed class UdfDetailTests
{
    private static readonly DateTimeOffset Noon = new(2004, 7, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 120, "2004-07-15T10:00:00Z")]
    [InlineData(1, -210, "2004-07-15T15:30:00Z")]
    [InlineData(1, -2047, "2004-07-15T12:00:00Z")] // not specified
    [InlineData(0, 120, "2004-07-15T12:00:00Z")] // UTC has no zone
    [InlineData(2, 60, "2004-07-15T12:00:00Z")] // by agreement, which nobody made
    public void A_time_is_read_with_its_zone(int type, int zone, string expected)
    {
        var disc = Made(new UdfNode { Content = [1] }, out var entry);
        var fields = Patched(disc, entry).Stamp(92, Noon, type, zone);
        Seal(disc, entry, fields);
        Assert.Equal(
            DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            disc.ReadUdf().Entry("file").Modified);
    }

    [Fact]
    public void A_plain_entry_may_carry_its_creation_time_as_an_attribute()
    {
        byte[] attributes =
        [
            .. new UdfFields(24).Long(16, 24).Long(20, uint.MaxValue).Seal(262, 0).Bytes,
            .. new UdfFields(20).Long(0, 2048).Byte(4, 1).Long(8, 20).Bytes, // another one before it
            .. new UdfFields(32).Long(0, 5).Byte(4, 1).Long(8, 32).Long(12, 12).Long(16, 1).Stamp(20, Noon, 1, 60).Bytes,
        ];
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content"), IsExtended = false, Attributes = attributes }, out _);
        var entry = disc.ReadUdf().Entry("file");
        Assert.Equal(Noon.AddHours(-1), entry.Created);
        Assert.Equal("content", disc.Text(entry));
    }

    [Theory]
    [InlineData(9999, 12, 31, 23, 59, 0, "9999-12-31T23:59:00Z")]
    [InlineData(9999, 12, 31, 23, 59, 60, "9999-12-31T22:59:00Z")]
    [InlineData(9999, 12, 31, 23, 59, -60, null)] // the year 10000 in UTC
    [InlineData(1, 1, 1, 0, 0, -60, "0001-01-01T01:00:00Z")]
    [InlineData(1, 1, 1, 0, 0, 60, null)] // before the year 1
    [InlineData(10_000, 1, 1, 0, 0, 0, null)]
    [InlineData(-1, 1, 1, 0, 0, 0, null)]
    public void A_time_at_the_edge_of_what_can_be_said_is_right_or_left_out(int year, byte month, byte day, byte hour, byte minute, int zone, string? expected)
    {
        var disc = Made(new UdfNode { Content = [1] }, out var entry);
        Seal(disc, entry, Patched(disc, entry).Word(92, 0x1000 | (zone & 0xFFF)).Word(94, year & 0xFFFF).Byte(96, month).Byte(97, day)
            .Byte(98, hour).Byte(99, minute).Byte(100, 0).Byte(101, 0).Byte(102, 0).Byte(103, 0));
        var volume = disc.ReadUdf();
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            volume.Entry("file").Modified);
        Assert.Equal(expected is null, volume.Damages.Any(damage => damage.Id == DamageIds.UdfTimeInvalid));
    }

    [Theory]
    [InlineData(99, 99, 99, 999_999)]
    [InlineData(100, 0, 0, 0)]
    [InlineData(0, 255, 0, 0)]
    [InlineData(12, 34, 200, 0)]
    public void Parts_of_a_second_that_are_more_than_a_second_are_left_out(byte hundredths, byte hundredsOfMicroseconds, byte microseconds, int expected)
    {
        var disc = Made(new UdfNode { Content = [1] }, out var entry);
        Seal(disc, entry, Patched(disc, entry).Byte(101, hundredths).Byte(102, hundredsOfMicroseconds).Byte(103, microseconds));
        Assert.Equal(expected * TimeSpan.TicksPerMicrosecond, disc.ReadUdf().Entry("file").Modified!.Value.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void A_time_that_is_none_is_left_out_and_said()
    {
        var disc = Made(new UdfNode { Content = [1] }, out var entry);
        Seal(disc, entry, Patched(disc, entry).Byte(96, 13));
        var volume = disc.ReadUdf();
        Assert.Null(volume.Entry("file").Modified);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfTimeInvalid);
    }

    [Theory]
    [InlineData(new byte[] { 254, (byte)'o', (byte)'l', (byte)'d' }, "old", false)]
    [InlineData(new byte[] { 255, 0, (byte)'o', 0x20, 0xAC }, "o€", false)]
    [InlineData(new byte[] { 8, 0xE9, 0xFF }, "éÿ", false)]
    [InlineData(new byte[] { 7, (byte)'x' }, "\u0007x", true)]
    [InlineData(new byte[] { 16, 0, (byte)'x', 0 }, "x", true)]
    public void A_name_is_read_by_its_compression_id(byte[] raw, string name, bool isFlawed)
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        maker.Root.Names.Add(new(raw, new UdfNode { Content = [1] }, 0));
        var volume = new ScratchedDisc(maker.WriteSession()).ReadUdf();
        Assert.Equal(name, Assert.Single(volume.Entries).Name);
        Assert.Equal(raw, volume.Entries[0].RawName.ToArray());
        Assert.Equal(isFlawed, volume.Damages.Any(damage => damage.Id == DamageIds.UdfTextInvalid));
    }

    [Theory]
    [InlineData("03 00 00 00 05 04 00 00 08 64 69 72", "../dir")]
    [InlineData("02 00 00 00", "/")]
    [InlineData("01 00 00 00 05 02 00 00 08 61", "/a")]
    [InlineData("04 00 00 00 05 05 00 00 10 20 AC 00 61", "./€a")]
    [InlineData("05 F0 00 00 08 61", "", true)]
    [InlineData("09 00 00 00 05 02 00 00 08 61", "a", true)]
    [InlineData("05 02 00 00 08 61 05 00", "a", true)]
    public void A_link_is_a_path_of_components(string hex, string target, bool isFlawed = false)
    {
        var content = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var disc = Made(new UdfNode { FileType = 12, Form = 1, Content = content }, out _);
        var volume = disc.ReadUdf();
        Assert.Equal(target, volume.Entry("file").LinkTarget);
        Assert.Equal(EntryKind.SymbolicLink, volume.Entry("file").Kind);
        Assert.Equal(isFlawed, volume.Damages.Any(damage => damage.Id == DamageIds.UdfLinkInvalid));
    }

    [Fact]
    public void A_file_of_more_than_four_gigabytes_of_holes_takes_one_extent()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Pattern(4096, 1), BlocksPerExtent = 1, Hole = MadeUdf.SparseHole }, out _);
        var entry = disc.ReadUdf().Entry("file");
        Assert.Equal(MadeUdf.SparseHole + 4096, entry.Size);
        Assert.Equal(3, entry.Extents!.Count);
        Assert.Equal(new(Extent.Nowhere, MadeUdf.SparseHole), entry.Extents[1]);
        Assert.Empty(disc.ReadUdf().Damages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_entry_of_a_folder_stands_in_the_place_of_a_files_or_a_files_in_that_of_a_folders_it_is_lost(bool isFileLost)
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        var folder = maker.Root.Add("folder", new UdfNode { FileType = 4 });
        folder.Add("inner", MadeUdf.Bytes("inner"));
        var file = maker.Root.Add("file", MadeUdf.Bytes("content"));
        var disc = new ScratchedDisc(maker.WriteSession());
        CopyEntry(disc, isFileLost ? folder : file, isFileLost ? file : folder);
        var volume = disc.ReadUdf();

        Assert.Equal(EntryKind.File, volume.Entry("file").Kind);
        Assert.Equal(isFileLost, volume.Entry("file").Extents is null);
        Assert.Equal(EntryKind.Directory, volume.Entry("folder").Kind);
        Assert.Equal(!isFileLost, volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfEntryLost);
    }

    [Fact]
    public void Where_the_entry_of_a_folder_stands_in_the_place_of_another_ones_names_are_lost()
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        var (one, two) = (maker.Root.Add("one", new UdfNode { FileType = 4 }), maker.Root.Add("two", new UdfNode { FileType = 4 }));
        one.Add("a", MadeUdf.Bytes("a"));
        two.Add("b", MadeUdf.Bytes("b"));
        var disc = new ScratchedDisc(maker.WriteSession());
        CopyEntry(disc, one, two);
        var volume = disc.ReadUdf();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfDescriptorMisplaced);
    }

    [Fact]
    public void A_flawed_entry_is_used_and_flagged()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content") }, out var entry);
        disc.Bytes[(entry * 2048) + 170]++; // its implementation's name
        var volume = disc.ReadUdf();
        Assert.Equal("content", disc.Text(volume.Entry("file")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfDescriptorFlawed && damage.Sector == entry);
    }

    [Fact]
    public void The_end_of_a_file_whose_extents_are_lost_counts_as_lost()
    {
        var node = new UdfNode { Content = MadeUdf.Pattern(6 * 2048, 1), BlocksPerExtent = 1, DescriptorsPerPlace = 2 };
        var disc = Made(node, out _);
        var volume = disc.ReadUdf();
        var second = volume.Structures[volume.Structures.Count - 1];
        Assert.Empty(volume.Damages);

        disc.Without(second.Start / 2048);
        var entry = disc.ReadUdf().Entry("file");
        Assert.Equal(node.Content.Length, entry.Size);
        Assert.Equal(disc.Bytes.Length, entry.Extents![^1].Start); // behind the disc's end: nothing is ever read there
        Assert.Contains(disc.ReadUdf().Damages, damage => damage.Id == DamageIds.UdfAllocationInvalid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Names_without_end_may_lead_to_one_file_whose_chain_or_list_is_long(bool isChain)
    {
        const int Links = 3000;
        var content = MadeUdf.Pattern(8 * 2048, 1);
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        var node = isChain ? new UdfNode { Content = content, Earlier = [.. Enumerable.Range(0, 6).Select(number => new byte[] { (byte)number })] }
            : new UdfNode { Content = content, BlocksPerExtent = 1, DescriptorsPerPlace = 1 };
        var folder = maker.Root.Folder("links");
        for (var number = 0; number < Links; number++)
        {
            folder.Add($"link {number}", node);
        }

        var volume = new ScratchedDisc(maker.WriteSession()).ReadUdf();
        var places = volume.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => string.Join(',', entry.Extents!)).ToArray();
        Assert.Equal(Links, places.Length);
        Assert.Single(places.Distinct());
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void A_file_that_is_shorter_than_its_entry_says_counts_as_damaged()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content"), Form = 3 }, out var entry);
        disc.Bytes[(entry * 2048) + 56] += 100;
        var file = disc.ReadUdf().Entry("file");
        Assert.Equal(107, file.Size);
        Assert.Equal([7, 100], file.Extents!.Select(extent => extent.Length));
        Assert.Equal(disc.Bytes.Length, file.Extents![1].Start);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 2041)]
    [InlineData(2, 2041)]
    public void What_Linux_appended_without_the_extent_s_length_lies_in_the_rest_of_its_last_block(int form, int appended)
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content"), Form = form }, out var entry);
        var start = (int)disc.ReadUdf().Entry("file").Extents![0].Start;
        MadeUdf.Pattern(appended, 1).CopyTo(disc.Bytes, start + 7);
        Seal(disc, entry, Patched(disc, entry).Quad(56, 7 + appended));

        var volume = disc.ReadUdf();
        byte[] expected = [.. MadeUdf.Bytes("content"), .. MadeUdf.Pattern(appended, 1)];
        Assert.Equal(expected, MadeUdf.Content(disc, volume.Entry("file")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfLengthInvalid);
    }

    [Fact]
    public void What_has_no_room_in_the_last_block_and_no_extent_is_zeros()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content") }, out var entry);
        var start = (int)disc.ReadUdf().Entry("file").Extents![0].Start;
        disc.Bytes.AsSpan(start + 7, 2041).Fill(0xEE);
        Seal(disc, entry, Patched(disc, entry).Quad(56, 2049));
        byte[] expected = [.. MadeUdf.Bytes("content"), .. Enumerable.Repeat((byte)0xEE, 2041), 0];
        Assert.Equal(expected, MadeUdf.Content(disc, disc.ReadUdf().Entry("file")));
    }

    [Fact]
    public void A_blank_sector_ends_the_descriptors_without_a_flaw()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content") }, out _);
        foreach (var sequence in (int[])[UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence])
        {
            var sector = Enumerable.Range(sequence, 16).First(number => BitConverter.ToUInt16(disc.Bytes, number * 2048) == 8);
            disc.Bytes.AsSpan(sector * 2048, 2048).Clear();
        }

        Assert.Empty(disc.ReadUdf().Damages);
    }

    [Fact]
    public void A_lost_entry_leaves_its_name()
    {
        var disc = Made(new UdfNode { Content = MadeUdf.Bytes("content") }, out var sector);
        var volume = disc.Without(sector).ReadUdf();
        Assert.Null(volume.Entry("file").Extents);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfEntryLost);
    }

    [Fact]
    public void Names_behind_an_unreadable_block_of_a_directory_are_found()
    {
        var maker = MadeUdf.Make(UdfLayout.Plain);
        var image = maker.WriteSession();
        var many = maker.Root.Names.Single(name => name.Node.Names.Count == MadeUdf.ManyFiles).Node;
        var disc = new ScratchedDisc(image).Without(UdfSpace.PartitionStart + many.Extents![0].Block);
        var volume = disc.ReadUdf();

        var left = volume.Entries.Count(entry => entry.Name.StartsWith("a file with", StringComparison.Ordinal));
        Assert.InRange(left, MadeUdf.ManyFiles - 28, MadeUdf.ManyFiles - 20);
        Assert.True(volume.IsIncomplete);
    }

    /// <summary>A disc with one file, called <c>file</c>.</summary>
    private static ScratchedDisc Made(UdfNode node, out int entrySector)
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        maker.Root.Add("file", node);
        var disc = new ScratchedDisc(maker.WriteSession());
        entrySector = UdfSpace.PartitionStart + (int)node.Icb;
        return disc;
    }

    private static void CopyEntry(ScratchedDisc disc, UdfNode from, UdfNode to)
    {
        Span<byte> Block(UdfNode node) => disc.Bytes.AsSpan((UdfSpace.PartitionStart + (int)node.Icb) * 2048, 2048);
        Block(from).CopyTo(Block(to));
    }

    private static UdfFields Patched(ScratchedDisc disc, int sector) =>
        new UdfFields(2048).Put(0, disc.Bytes.AsSpan(sector * 2048, 2048));

    private static void Seal(ScratchedDisc disc, int sector, UdfFields fields) =>
        fields.Seal(266, sector - UdfSpace.PartitionStart).Bytes.CopyTo(disc.Bytes, sector * 2048);
}
