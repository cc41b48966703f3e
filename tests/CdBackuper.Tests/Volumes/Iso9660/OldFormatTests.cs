using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Forms of ISO 9660 that discs of the 1980s and 1990s have, made by hand; 7z judges what it can read.</summary>
public sealed class OldFormatTests
{
    private static readonly DateTimeOffset Date = new(HandMadeDisc.DateYear, 7, 15, 14, 2, 30, TimeSpan.Zero);

    private static byte[] Xa => [0, 0, 0, 0, 0x0D, 0x55, .. "XA"u8, 0, 0, 0, 0, 0, 0];

    private static HandMadeFile[] Tree =>
    [
        new("README.TXT;1", "read me"),
        new("SUB")
        {
            Children = [new("BIG.DAT;1", new string('b', 5000)), new("DEEP") { Children = [new("LAST.TXT;1", "the last")] }],
        },
        new("TINY.TXT;1", "t"),
    ];

    private static string[] TreeContents =>
        ["README.TXT: read me", $"SUB/BIG.DAT: {new string('b', 5000)}", "SUB/DEEP/LAST.TXT: the last", "TINY.TXT: t"];

    /// <summary>No tool here reads smaller blocks or High Sierra, but this one what the same writer makes with blocks of 2048.</summary>
    [Fact]
    public void What_is_made_by_hand_is_a_disc_to_others_too()
    {
        Tool.Require("7zz");
        Assert.Equal(TreeContents, Unpacked(HandMadeDisc.Make(2048, isHighSierra: false, Tree)));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Blocks_of_any_size_lead_to_the_same_content(int blockSize)
    {
        var disc = HandMadeDisc.Make(blockSize, isHighSierra: false, Tree);
        var volume = disc.Read();

        Assert.Empty(volume.Damages);
        Assert.Equal(TreeContents, Contents(disc, volume));
        Assert.All(volume.Entries, entry => Assert.Equal(Date.AddHours(-1), entry.Modified));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    public void Where_a_directory_is_lost_the_path_table_of_small_blocks_leads_on(int blockSize)
    {
        var disc = HandMadeDisc.Make(blockSize, isHighSierra: false, Tree);
        Assert.Equal("SUB/DEEP/LAST.TXT", disc.Without(20).Read().PathOf("LAST.TXT"));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    public void High_Sierra_is_read_with_its_dates_flags_and_words(int blockSize)
    {
        var disc = HandMadeDisc.Make(blockSize, isHighSierra: true, Tree);
        var volume = disc.Read();

        Assert.Empty(volume.Damages);
        Assert.Equal("High Sierra", volume.Format);
        Assert.Equal("OLD_DISC", volume.VolumeName);
        Assert.Equal(["A PUBLISHER"], volume.Creators);
        Assert.Equal(Date, volume.Created);
        Assert.Equal(new DateTimeOffset(1990, 1, 2, 3, 4, 5, TimeSpan.Zero), volume.Modified);
        Assert.Equal(disc.Bytes.Length, volume.LengthBytes);
        Assert.All(volume.Entries, entry => Assert.Equal(Date, entry.Modified));
        Assert.Equal(TreeContents, Contents(disc, volume));
    }

    [Fact]
    public void Where_a_directory_of_High_Sierra_is_lost_its_path_table_leads_on()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: true, Tree);
        var volume = disc.Without(20).Read();

        Assert.Equal("SUB/DEEP/LAST.TXT", volume.PathOf("LAST.TXT"));
        Assert.True(volume.IsIncomplete);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    public void The_units_of_an_interleaved_file_are_put_together(int blockSize)
    {
        var content = string.Concat(Enumerable.Range(0, 3000).Select(number => (char)('a' + (number * 7 % 26))));
        var disc = HandMadeDisc.Make(blockSize, isHighSierra: false, new HandMadeFile("A.DAT;1", content) { Interleave = (1, 2) });
        var entry = disc.Read().Entry("A.DAT");

        Assert.Equal(content, disc.Text(entry));
        Assert.Equal((3000 + blockSize - 1) / blockSize, entry.Extents!.Count);
    }

    [Fact]
    public void A_file_of_more_units_than_any_disc_has_is_lost_and_harms_no_other()
    {
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new HandMadeFile("BAD.DAT;1", "bad") { Interleave = (1, 1), StatedLength = 300_000_000 },
            new HandMadeFile("GOOD.TXT;1", "good"));

        var volume = disc.Read();

        Assert.Null(volume.Entry("BAD.DAT").Extents);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.LimitReached);
        Assert.Equal("good", disc.Text(volume.Entry("GOOD.TXT")));
    }

    [Fact]
    public void An_extended_attribute_record_is_skipped_and_says_when_the_file_was_made()
    {
        var record = new byte[250];
        Encoding.ASCII.GetBytes("1988020304050600").CopyTo(record, 10);
        record[180] = 1;
        var disc = HandMadeDisc.Make(
            2048, isHighSierra: false, new HandMadeFile("VMS.TXT;1", "from VMS") { AttributeBlocks = 1, Attributes = record });
        var volume = disc.Read();

        Assert.Equal("from VMS", disc.Text(volume.Entry("VMS.TXT")));
        Assert.Equal(new DateTimeOffset(1988, 2, 3, 4, 5, 6, TimeSpan.Zero), volume.Entry("VMS.TXT").Created);
        Assert.Equal(Date.AddHours(-1), volume.Entry("VMS.TXT").Modified);
    }

    [Theory]
    [InlineData(0x000F, true, 0b101_101_101)] // all may, whoever they are
    [InlineData(0xFBAF, true, 0b101_001_000)] // each bit that is not set permits
    [InlineData(0x0000, false, null)] // the record's flags do not say that they count
    public void An_extended_attribute_record_says_who_may_read_the_file(int permissions, bool isProtected, int? expected)
    {
        var record = new byte[250];
        (record[8], record[9], record[180]) = ((byte)(permissions >> 8), (byte)permissions, 1);
        var file = new HandMadeFile("VMS.TXT;1", "from VMS") { AttributeBlocks = 1, Attributes = record, IsProtected = isProtected };
        var volume = HandMadeDisc.Make(2048, isHighSierra: false, file).Read();

        Assert.Equal(expected is { } mode ? 0x8000 | (uint)mode : null, volume.Entry("VMS.TXT").Mode);
    }

    [Theory]
    [InlineData(0x0D55, 0b101_101_101)]
    [InlineData(0x0811, 0b100_100_000)]
    [InlineData(0x0801, 0b100_000_000)]
    [InlineData(0x0800, null)]
    public void XA_attributes_say_who_may_read_a_file(int attributes, int? expected)
    {
        byte[] xa = [0, 0, 0, 0, (byte)(attributes >> 8), (byte)attributes, .. "XA"u8, 1, 0, 0, 0, 0, 0];
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new HandMadeFile("PHOTO.PCD;1", "x") { SystemUse = xa },
            new HandMadeFile("SUB") { SystemUse = xa, Children = [] });
        var volume = disc.Read();

        Assert.Equal(expected is { } mode ? 0x8000 | (uint)mode : null, volume.Entry("PHOTO.PCD").Mode);
        Assert.Equal(expected is { } folder ? 0x4000 | (uint)folder : null, volume.Entry("SUB").Mode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_the_descriptor_of_High_Sierra_is_lost_its_root_is_found(bool isBlank)
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: true, Tree);
        var volume = (isBlank ? disc.Blank(16, 17) : disc.Without(16, 17)).Read();

        Assert.Equal("High Sierra", volume.Format);
        Assert.Equal(TreeContents, Contents(disc, volume));
        Assert.All(volume.Entries, entry => Assert.Equal(Date, entry.Modified));
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDescriptorInvalid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_associated_file_becomes_the_AppleDouble_of_its_file(bool isHighSierra)
    {
        byte[] apple = [.. "AA"u8, 14, 2, .. "TEXTttxt"u8, 0x01, 0x00];
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra,
            new HandMadeFile("NOTE.TXT;1", "resources") { IsAssociated = true },
            new HandMadeFile("NOTE.TXT;1", "data") { SystemUse = apple });
        var volume = disc.Read();

        Assert.Equal(["._NOTE.TXT", "NOTE.TXT"], volume.Entries.Select(entry => entry.Name));
        var fork = volume.Entry("._NOTE.TXT");
        Assert.Equal("resources", disc.Text(fork));
        Assert.Equal(82 + 9, fork.Size);
        Assert.Equal("TEXTttxt\u0001\0", Encoding.Latin1.GetString(fork.Preamble.Span[50..60]));
        Assert.Equal("data", disc.Text(volume.Entry("NOTE.TXT")));
        Assert.True(volume.Entry("NOTE.TXT").Preamble.IsEmpty);
    }

    [Fact]
    public void An_AppleDouble_header_is_taken_for_one()
    {
        Tool.Require("file");
        using var folder = new TempFolder();
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("A;1", "fork") { IsAssociated = true });
        var fork = disc.Read().Entry("._A");
        File.WriteAllBytes(folder["header"], [.. fork.Preamble.Span, .. "fork"u8]);

        Assert.Contains("AppleDouble encoded Macintosh file", Tool.Run("file", "-b", folder["header"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0D55, null)]
    [InlineData(0x1555, DamageIds.IsoXaForm2)]
    [InlineData(0x2555, DamageIds.IsoXaForm2)]
    [InlineData(0x4555, DamageIds.IsoXaAudio)]
    public void What_XA_says_of_sectors_is_noted(int attributes, string? flaw)
    {
        byte[] xa = [0, 0, 0, 0, (byte)(attributes >> 8), (byte)attributes, .. "XA"u8, 1, 0, 0, 0, 0, 0];
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("MOVIE.DAT;1", "x") { SystemUse = xa });
        var volume = disc.Read();

        Assert.Equal("MOVIE.DAT", Assert.Single(volume.Entries).Name);
        Assert.Equal(flaw is null ? [] : [flaw], volume.Damages.Select(damage => damage.Id));
    }

    [Theory]
    [InlineData("SP\u0007\u0001\u00BE\u00EF\u000E")]
    [InlineData("PX\u0024\u0001\u00ED\u0041\0\0\0\0\u0041\u00ED")] // no mark, but an entry all the same
    public void Rock_Ridge_is_found_behind_XA_attributes(string entry)
    {
        var entryBytes = Encoding.Latin1.GetBytes(entry);
        Array.Resize(ref entryBytes, entryBytes[2]);
        const string name = "a long name.txt";
        byte[] alternate = [.. "NM"u8, (byte)(5 + name.Length), 1, 0, .. Encoding.ASCII.GetBytes(name)];
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new HandMadeFile("", "") { SystemUse = [.. Xa, .. entryBytes] },
            new HandMadeFile("LONG.TXT;1", "x") { SystemUse = [.. Xa, .. alternate] });

        Assert.Equal("ISO 9660 (Rock Ridge)", disc.Read().Format);
        Assert.Equal(name, Assert.Single(disc.Read().Entries).Name);
    }

    private static List<string> Contents(ScratchedDisc disc, IVolume volume) =>
    [
        .. volume.Entries.Zip(EntryPaths.Assign(volume.Entries)).Where(pair => pair.First.Kind == EntryKind.File)
            .Select(pair => $"{pair.Second}: {disc.Text(pair.First)}").Order(StringComparer.Ordinal),
    ];

    private static List<string> Unpacked(ScratchedDisc disc)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["disc.iso"], disc.Bytes);
        Directory.CreateDirectory(folder["out"]);
        Tool.Run("7zz", "x", "-y", $"-o{folder["out"]}", folder["disc.iso"]);
        return
        [
            .. Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories)
                .Select(file => $"{Path.GetRelativePath(folder["out"], file)}: {File.ReadAllText(file)}").Order(StringComparer.Ordinal),
        ];
    }
}
