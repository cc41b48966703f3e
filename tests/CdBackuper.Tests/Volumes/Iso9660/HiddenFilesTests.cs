using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Discs whose trees hide files from one another, as those for Windows and the Macintosh do; made by genisoimage.</summary>
public sealed class HiddenFilesTests
{
    [Fact]
    public void A_file_that_only_the_plain_tree_names_is_listed_with_its_content()
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, "-J", "-hide-joliet", "secret.doc");

        var volume = disc.Read();

        Assert.Equal("ISO 9660 (Joliet)", volume.Format);
        Assert.Equal("the secret", disc.Text(volume.Entry("SECRET.DOC")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.TreeHides);
    }

    [Fact]
    public void A_file_that_rock_ridge_hides_is_listed_under_its_joliet_name()
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, "-R", "-J", "-hide", "secret.doc");

        var volume = disc.Read();

        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Equal("the secret", disc.Text(volume.Entry("secret.doc")));
    }

    [Fact]
    public void Hidden_files_lie_below_a_folder_of_their_own_with_their_own_folders()
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, "-R", "-J", "-hide", "hidden.jpg");

        var volume = disc.Read();

        Assert.Equal(
            ["_joliet", "_joliet/holiday", "_joliet/holiday/hidden.jpg"],
            EntryPaths.Assign(volume.Entries).Where((_, index) => volume.Entries[index].Origin == "Joliet"));
    }

    [Fact]
    public void A_tree_that_can_not_be_read_is_missed_where_content_without_a_name_is_left()
    {
        using var source = Source();
        var hiding = MadeDisc.Make(source, "-R", "-J", "-hide", "secret.doc");
        var plain = MadeDisc.Make(source, "-R", "-J");
        var (hidingRoot, plainRoot) = (hiding.RootOf(17), plain.RootOf(17));

        Assert.True(hiding.Without(hidingRoot).Read().Structures.Contains(ByteRange.OfSectors(hidingRoot, 1)));
        Assert.False(plain.Without(plainRoot).Read().Structures.Contains(ByteRange.OfSectors(plainRoot, 1)));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, true)]
    [InlineData(17, false)]
    public void A_tree_whose_root_is_blank_in_a_copy_is_missed(int descriptor, bool hides)
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, ["-R", "-J", .. hides ? (string[])[descriptor == 16 ? "-hide-joliet" : "-hide", "secret.doc"] : []]);

        var volume = disc.Blank(disc.RootOf(descriptor)).Read();

        Assert.Equal(hides, volume.IsIncomplete);
    }

    [Fact]
    public void A_descriptor_that_is_blank_in_a_copy_is_missed()
    {
        using var source = Source();
        Assert.True(MadeDisc.Make(source, "-R", "-J").Blank(17).Read().IsIncomplete);
        Assert.True(MadeDisc.Make(source, "-R", "-J").Blank(17, 18, 19, 20).Read().IsIncomplete);
        Assert.Equal("ISO 9660 (Joliet)", MadeDisc.Make(source, "-R", "-J").Blank(16).Read().Format);
    }

    [Fact]
    public void Nothing_is_listed_twice_where_nothing_is_hidden()
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, "-J");

        var volume = disc.Read();

        Assert.Equal(5, volume.Entries.Count);
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void That_a_directory_of_another_tree_was_not_read_is_said_and_makes_no_name_lost()
    {
        using var source = Source();
        var disc = MadeDisc.Make(source, "-J");

        var volume = disc.Without(disc.RootOf(16)).Read();

        Assert.Equal(5, volume.Entries.Count);
        Assert.False(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.OtherTreeUnreadable);
    }

    private static TempFolder Source() => new TempFolder()
        .With("notes.txt", "notes")
        .With("secret.doc", "the secret")
        .With("holiday/seen.jpg", "picture one")
        .With("holiday/hidden.jpg", "picture two");
}
