using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Tests.Volumes.Composition;

/// <summary>Which tree is the disc's, and what of the others is kept beside it.</summary>
public sealed class DiscContentTests
{
    private const int SectorBytes = 2048;

    /// <summary>Each sector of the disc is filled with its number, but for sector 9, which holds what sector 8 holds.</summary>
    private static readonly byte[] Disc = MakeDisc();

    [Fact]
    public void One_volume_is_the_disc_as_it_is()
    {
        var volume = Session(0, File("a", 1));
        var content = Compose(volume);
        Assert.Same(volume.Entries, content.Entries);
        Assert.Null(content.Choice);
    }

    [Fact]
    public void The_last_session_is_the_disc_and_what_only_an_earlier_one_has_lies_beside_it()
    {
        var content = Compose(
            Session(0, File("kept", 1), File("deleted", 2), File("changed", 3)),
            Session(100, File("kept", 1), File("changed", 4), File("new", 5)));

        Assert.Equal(
            ["kept", "changed", "new", "_session-1", "_session-1/deleted", "_session-1/changed"],
            EntryPaths.Assign(content.Entries));
        Assert.Equal([null, null, null, "session 1", "session 1", "session 1"], content.Entries.Select(entry => entry.Origin));
        Assert.Equal("the last of 2 sessions", content.Choice);
        Assert.Equal([0, 2], content.Trees.Select(tree => tree.FilesBeside));
    }

    [Fact]
    public void A_file_that_was_renamed_or_copied_to_the_new_session_is_not_kept_twice()
    {
        var content = Compose(
            Session(0, File("old name", 1), File("copied", 8)),
            Session(100, File("new name", 1), File("copied", 9)));
        Assert.Equal(["new name", "copied"], content.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void Of_a_file_changed_twice_every_version_is_kept()
    {
        var content = Compose(Session(0, File("a", 1)), Session(100, File("a", 2)), Session(200, File("a", 3)));
        Assert.Equal(["a", "_session-2", "_session-2/a", "_session-1", "_session-1/a"], EntryPaths.Assign(content.Entries));
        Assert.Equal([3, 2, 1], content.Entries.Where(entry => entry.Size > 0).Select(entry => entry.Extents![0].Start / SectorBytes));
    }

    [Fact]
    public void A_side_that_lost_the_place_of_one_file_keeps_its_names()
    {
        var lost = File("two", 2) with { Extents = null, Size = 0 };
        var udf = Session(0, File("Long name one", 1), lost) with { Kind = FileSystemKind.Udf, Format = "UDF 1.02" };
        var content = Compose(Session(0, File("LONGNAME", 1), File("two", 2)), udf);
        Assert.Equal(["Long name one", "two"], content.Entries.Select(entry => entry.Name));
        Assert.Equal(File("two", 2).Extents, content.Entries[1].Extents);
    }

    [Fact]
    public void A_session_whose_tree_is_gone_does_not_hide_the_one_before_it()
    {
        var content = Compose(Session(0, File("a", 1)), Session(100) with { IsIncomplete = true });
        Assert.Equal(["a"], content.Entries.Select(entry => entry.Name));
        Assert.Equal("the last session whose tree can be read", content.Choice);
    }

    [Theory]
    [InlineData("ISO 9660 (Joliet)", false, false, "UDF 1.02")]
    [InlineData("ISO 9660 (Rock Ridge)", false, false, "ISO 9660 (Rock Ridge)")]
    [InlineData("ISO 9660 (Rock Ridge)", true, false, "UDF 1.02")]
    [InlineData("ISO 9660 (Joliet)", false, true, "ISO 9660 (Joliet)")]
    [InlineData("ISO 9660 (Joliet)", true, true, "UDF 1.02")]
    public void Of_a_bridge_disc_the_side_that_lost_nothing_and_says_more_is_taken(
        string isoFormat, bool isIsoHurt, bool isUdfHurt, string chosen)
    {
        var iso = Session(0, File("a", 1), File("b", 2)) with { Format = isoFormat, IsIncomplete = isIsoHurt };
        var udf = Udf(File("a", 1), File("b", 2)) with { IsIncomplete = isUdfHurt };
        var content = Compose(iso, udf);
        Assert.Equal((chosen, 2), (content.Format, content.Entries.Count));
        Assert.NotNull(content.Choice);
    }

    [Fact]
    public void Of_a_bridge_disc_the_side_with_more_files_is_taken_and_the_others_own_files_lie_beside()
    {
        var content = Compose(
            Session(0, File("A.TXT", 1), File("ISO.TXT", 6)) with { Format = "ISO 9660 (Rock Ridge)" },
            Udf(File("a.txt", 1), File("b", 2), File("c", 3)));
        Assert.Equal(["a.txt", "b", "c", "_iso-9660", "_iso-9660/ISO.TXT"], EntryPaths.Assign(content.Entries));
    }

    [Fact]
    public void A_file_whose_place_one_side_lost_is_found_by_the_other()
    {
        var lost = new FileEntry { Name = "photo.jpg", Kind = EntryKind.File, Extents = null };
        var content = Compose(
            Session(0, File("PHOTO.JPG", 4)) with { IsIncomplete = true },
            Udf(lost, File("b", 2), File("c", 3)));
        var photo = Assert.Single(content.Entries, entry => entry.Name == "photo.jpg");
        Assert.Equal((SectorBytes, 4L * SectorBytes), (photo.Size, photo.Extents![0].Start));
        Assert.Equal(3, content.Entries.Count);
    }

    [Fact]
    public void A_lost_files_place_is_not_taken_from_a_side_that_has_others_elsewhere_or_is_of_an_older_session()
    {
        var lost = new FileEntry { Name = "photo.jpg", Kind = EntryKind.File, Extents = null };
        var stale = Compose(Session(0, File("photo.jpg", 4), File("b", 5), File("c", 3)), Udf(lost, File("b", 2), File("c", 3), File("d", 6)));
        Assert.Null(Assert.Single(stale.Entries, entry => entry is { Name: "photo.jpg", Origin: null }).Extents);

        var older = Compose(Session(0, File("photo.jpg", 4)), Udf(lost, File("b", 2)) with { SessionStart = 100 });
        Assert.Equal("UDF 1.02", older.Format);
        Assert.Null(Assert.Single(older.Entries, entry => entry is { Name: "photo.jpg", Origin: null }).Extents);
        Assert.Contains(older.Entries, entry => entry is { Name: "photo.jpg", Origin: "ISO 9660" });
    }

    [Fact]
    public void Of_two_bridge_sessions_the_last_is_the_disc_whichever_side_of_the_first_has_more_files()
    {
        var content = Compose(
            Session(0, File("a", 1), File("b", 2)),
            Session(100, File("a", 4)),
            Udf(File("a", 1), File("b", 2), File("c", 3)),
            Udf(File("a", 4)) with { SessionStart = 100 });
        Assert.Equal(["a", "a", "b", "c"], content.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => entry.Name).Order());
        Assert.Equal(4L * SectorBytes, content.Entries[0].Extents![0].Start);

        content = Compose(Session(0, File("a", 1)), Session(100, File("a", 4)) with { IsIncomplete = true }, Udf(File("a", 1), File("b", 2)));
        Assert.Equal(4L * SectorBytes, content.Entries[0].Extents![0].Start);
        Assert.Contains(content.Entries, entry => entry is { Name: "b", Origin: "UDF" });
    }

    [Fact]
    public void A_session_that_only_names_again_what_an_older_one_of_another_kind_has_does_not_take_its_names()
    {
        var udf = Udf(File("A long name that ISO 9660 has no room for", 1), File("b", 2));
        Assert.Equal("UDF 1.02", Compose(Session(100, File("ALONGNAM", 1), File("B", 2)), udf).Format);
        Assert.Equal("ISO 9660 (Joliet)", Compose(Session(100, File("ALONGNAM", 1), File("B", 3)), udf).Format);
    }

    [Fact]
    public void A_lost_entry_counts_as_a_file_only_where_the_other_side_does_not_know_it_as_an_empty_one_or_a_link()
    {
        var link = new FileEntry { Name = "link", Kind = EntryKind.SymbolicLink, LinkTarget = "a" };
        FileEntry Lost(string name) => new() { Name = name, Kind = EntryKind.File, Extents = null };
        var iso = Session(0, File("a", 1), link, Empty("nothing")) with { Format = "ISO 9660 (Rock Ridge)" };

        var content = Compose(iso, Udf(File("a", 1), Lost("link"), Lost("nothing")));
        Assert.Equal(iso.Entries, content.Entries);
        Assert.Equal("UDF 1.02", Compose(iso, Udf(File("a", 1), Lost("other"))).Format);
    }

    [Fact]
    public void Links_of_the_other_side_and_links_and_empty_folders_of_an_earlier_session_are_kept()
    {
        FileEntry Link(string target) => new() { Name = "link", Kind = EntryKind.SymbolicLink, LinkTarget = target };
        var folder = new FileEntry { Name = "empty", Kind = EntryKind.Directory };
        var sessions = Compose(Session(0, File("a", 1), Link("old"), folder), Session(100, File("a", 1), Link("new")));
        Assert.Equal(["a", "link", "_session-1", "_session-1/link", "_session-1/empty"], EntryPaths.Assign(sessions.Entries));

        var bridge = Compose(
            Session(0, File("a", 1), Link("a"), Empty("nothing")) with { Format = "ISO 9660 (Rock Ridge)" }, Udf(File("a", 1), Empty("link"), File("b", 2)));
        Assert.Equal(["a", "link", "b", "_iso-9660", "_iso-9660/link"], EntryPaths.Assign(bridge.Entries));
    }

    [Fact]
    public void What_only_the_Macintosh_side_has_lies_beside_with_its_folders()
    {
        var folder = new FileEntry { Name = "Application", Kind = EntryKind.Directory };
        var fork = new FileEntry
        {
            Parent = folder,
            Name = "._read me",
            Kind = EntryKind.File,
            Preamble = new byte[82],
            Size = 82 + 100,
            Extents = [Extent.AtSector(7, 100)],
        };
        var mac = new MadeVolume([folder, File("read me", 1, folder), fork], ByteSet.Empty)
        {
            Format = "HFS",
            Kind = FileSystemKind.Hfs,
        };
        var content = Compose(Session(0, File("README", 1)), mac);
        Assert.Equal(
            ["README", "_hfs", "_hfs/Application", "_hfs/Application/._read me"], EntryPaths.Assign(content.Entries));
        Assert.Equal("HFS", content.Entries[^1].Origin);
    }

    [Fact]
    public void The_disc_keeps_a_name_that_another_trees_folder_would_have()
    {
        var content = Compose(Session(0, File("gone", 1)), Session(100, File("_session-1", 2)));
        Assert.Equal(["_session-1", "_session-1 (2)", "_session-1 (2)/gone"], EntryPaths.Assign(content.Entries));
    }

    [Fact]
    public void What_can_not_be_compared_is_kept_twice()
    {
        var source = new ScratchedDisc(Disc).Without(9);
        var content = DiscContent.Compose([Session(0, File("copied", 8)), Session(100, File("copied", 9))], source)!;
        Assert.Equal(["copied", "_session-1", "copied"], content.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void The_identifier_is_that_of_UDF_else_of_the_first_session()
    {
        var first = Session(0, File("a", 1)) with { Uuid = "first" };
        var second = Session(100, File("a", 1)) with { Uuid = "second" };
        Assert.Equal("first", Compose(first, second).Uuid);
        Assert.Equal("udf", Compose(first, second, Udf(File("a", 1)) with { Uuid = "udf" }).Uuid);
    }

    [Fact]
    public void A_disc_needs_the_structures_of_all_its_trees()
    {
        var first = new MadeVolume([], ByteSet.Of(ByteRange.OfSectors(16, 1)));
        var second = new MadeVolume([File("a", 1)], ByteSet.Of(ByteRange.OfSectors(116, 1))) { SessionStart = 100 };
        Assert.Equal(ByteSet.Of(ByteRange.OfSectors(16, 1), ByteRange.OfSectors(116, 1)), Compose(first, second).Structures);
    }

    private static DiscContent Compose(params IVolume[] volumes) => DiscContent.Compose(volumes, new ScratchedDisc(Disc))!;

    private static MadeVolume Session(long start, params FileEntry[] entries) =>
        new(entries, ByteSet.Empty) { Format = "ISO 9660 (Joliet)", SessionStart = start };

    private static MadeVolume Udf(params FileEntry[] entries) =>
        new(entries, ByteSet.Empty) { Format = "UDF 1.02", Kind = FileSystemKind.Udf };

    private static FileEntry File(string name, int sector, FileEntry? folder = null) => new()
    {
        Parent = folder,
        Name = name,
        Kind = EntryKind.File,
        Size = SectorBytes,
        Extents = [Extent.AtSector(sector, SectorBytes)],
    };

    private static FileEntry Empty(string name) => new() { Name = name, Kind = EntryKind.File, Extents = [] };

    private static byte[] MakeDisc()
    {
        var disc = new byte[16 * SectorBytes];
        for (var sector = 0; sector < 16; sector++)
        {
            disc.AsSpan(sector * SectorBytes, SectorBytes).Fill((byte)(sector == 9 ? 8 : sector));
        }

        return disc;
    }
}
