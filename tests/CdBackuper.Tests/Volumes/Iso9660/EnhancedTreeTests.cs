using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>ISO 9660:1999: a tree of its own by xorriso, the primary's by genisoimage.</summary>
public sealed class EnhancedTreeTests
{
    private const string LongName = "A name of more than thirty-one characters, with (all) kinds of them. And dots.text";

    [Fact]
    public void A_tree_of_its_own_is_chosen_and_the_plain_one_helps_out()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With(LongName, "long").With("sub/plain.txt", "plain");
        using var target = new TempFolder();
        Tool.Run("xorriso", "-compliance", "iso_9660_1999", "-rockridge", "off", "-outdev", target["disc.iso"], "-map", source.Path, "/", "-commit");
        var disc = new ScratchedDisc(File.ReadAllBytes(target["disc.iso"]));
        var volume = disc.Read();

        Assert.Equal("ISO 9660 (1999)", volume.Format);
        Assert.Equal("long", disc.Text(volume.Entry(LongName)));
        Assert.Equal("sub/plain.txt", volume.PathOf("plain.txt"));
        Assert.Empty(volume.Damages);

        var plain = new ScratchedDisc(disc.Bytes).Without(17).Read();
        Assert.Equal("ISO 9660", plain.Format);
        Assert.Equal(3, plain.Entries.Count);
        Assert.Equal(3, new ScratchedDisc(disc.Bytes).Without(16).Read().Entries.Count);
        Assert.Contains(
            new ScratchedDisc(disc.Bytes).Without(disc.RootOf(17)).Read().Damages, damage => damage.Id == DamageIds.TreeSupplemented);
    }

    [Fact]
    public void A_tree_in_another_character_set_gives_what_no_other_tree_names()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("both.txt", "both").With("only.txt", "only here");
        using var target = new TempFolder();
        Tool.Run(
            "xorriso", "-compliance", "iso_9660_1999", "-rockridge", "off", "-outdev", target["disc.iso"], "-map", source.Path, "/",
            "-hide", "iso_rr", "/only.txt", "--", "-commit");
        var bytes = File.ReadAllBytes(target["disc.iso"]);
        bytes[(17 * 2048) + 6] = 1; // version 1: a supplementary descriptor of ISO 9660:1988
        var disc = new ScratchedDisc(bytes);
        var volume = disc.Read();

        Assert.Equal("ISO 9660", volume.Format);
        Assert.Equal("both", disc.Text(volume.Entry("BOTH.TXT")));
        Assert.Equal("only here", disc.Text(volume.Entry("only.txt")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.TreeHides);
        Assert.Equal("both", new ScratchedDisc(bytes).Without(16).Read() is { } spare ? disc.Text(spare.Entry("both.txt")) : null);
    }

    [Fact]
    public void Where_both_descriptors_name_one_tree_its_names_follow_the_newer_rules()
    {
        using var source = new TempFolder().With(LongName + ".", "long");
        Assert.Equal(LongName + ".", Assert.Single(MadeDisc.Make(source, "-iso-level", "4").Read().Entries).Name);
    }

    [Fact]
    public void All_that_a_volume_says_of_itself_is_told()
    {
        var volume = MadeDisc.Make(
            "-sysid", "A SYSTEM", "-volset", "A SET", "-publisher", "A PUBLISHER", "-preparer", "A PREPARER", "-A", "AN APPLICATION",
            "-copyright", "notes.txt", "-abstract", "notes.txt", "-biblio", "notes.txt").Read();

        Assert.Equal(
            [
                "system: A SYSTEM", "volume set: A SET", "publisher: A PUBLISHER", "data preparer: A PREPARER", "application: AN APPLICATION",
                "copyright file: notes.txt", "abstract file: notes.txt", "bibliographic file: notes.txt",
            ],
            volume.Identifiers.Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.Equal(volume.Created, volume.Modified);
    }

    [Fact]
    public void Rock_Ridge_tells_when_a_file_was_made()
    {
        var disc = MadeDisc.Make("-R");
        var fields = disc.Bytes.AsSpan(disc.RecordOf("NOTES.TXT;1"), 254);
        var times = fields.IndexOf("TF"u8);
        Assert.Equal(0x0E, fields[times + 4]); // modified, accessed, changed
        fields[times + 4] = 0x07; // made, modified, accessed
        byte[] made = [99, 12, 31, 23, 59, 58, 0];
        made.CopyTo(fields[(times + 5)..]);
        var entry = disc.Read().Entry("notes.txt");

        Assert.Equal(new DateTimeOffset(1999, 12, 31, 23, 59, 58, TimeSpan.Zero), entry.Created);
        Assert.True(entry.Modified > entry.Created);
    }
}
