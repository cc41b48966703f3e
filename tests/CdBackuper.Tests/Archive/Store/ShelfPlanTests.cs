using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class ShelfPlanTests
{
    // lost before (x: never written), lost in the image now, whether it lies in place | what is done, lost afterwards
    [Theory]
    [InlineData("", "", true, "Keep", "")]
    [InlineData("", "0-5", true, "Keep", "")]
    [InlineData("", "0-10", true, "Keep", "")]
    [InlineData("0-5", "", true, "Write", "")]
    [InlineData("0-5", "0-5", true, "Keep", "0-5")]
    [InlineData("0-5", "0-8", true, "Keep", "0-5")]
    [InlineData("0-5", "1-2", true, "Write", "1-2")]
    [InlineData("0-5", "4-8", true, "Merge", "4-5")]
    [InlineData("0-5", "5-10", true, "Merge", "")]
    [InlineData("0-5", "0-10", true, "Keep", "0-5")]
    [InlineData("", "", false, "Write", "")]
    [InlineData("", "0-5", false, "Write", "0-5")]
    [InlineData("0-5", "4-8", false, "Write", "4-8")]
    [InlineData("", "0-10", false, "Keep", "0-10")]
    [InlineData("x", "", false, "Write", "")]
    [InlineData("x", "0-5", false, "Write", "0-5")]
    [InlineData("x", "0-10", false, "Keep", "0-10")]
    public void A_file_gets_no_worse(string before, string now, bool isInPlace, string action, string after)
    {
        var file = Shelf.FileAt("a/b.jpg", new Extent(2048, 10));
        var known = before == "x" ? file with { Lost = Lost("0-10") } : file with { Lost = Lost(before), Sha256 = "old" };
        var found = file with { Lost = Lost(now) };

        var step = Assert.Single(ShelfPlan.Decide(Shelf.ListingOf(known), Shelf.ListingOf(found), _ => isInPlace));

        Assert.Equal((action, Lost(after)), (step.Action.ToString(), step.Result.Lost));
        Assert.Equal(step.Action == ShelfAction.Keep && isInPlace ? "old" : null, step.Result.Sha256);
        Assert.Equal(step.Action == ShelfAction.Keep ? null : found, step.FromImage);
        Assert.Equal(step.Action != ShelfAction.Keep && isInPlace ? known : null, step.Previous);
    }

    // A tree of other case was read before, and more of the file; then the other content of a disc that has grown.
    [Theory]
    [InlineData(2048, "a/B.JPG", "Keep")]
    [InlineData(4096, "a/B (2).JPG", "Write")]
    public void What_is_archived_in_other_case_is_not_written_over_where_both_names_are_one(int place, string path, string action)
    {
        var known = Shelf.FileAt("A/b.jpg", new Extent(2048, 10)) with { Sha256 = "old" };
        var found = Shelf.FileAt("a/B.JPG", new Extent(place, 10)) with { Lost = Lost("0-5") };

        var steps = ShelfPlan.Decide(Shelf.ListingOf(known), Shelf.ListingOf(found), _ => true, new() { IgnoresCase = true });

        Assert.Equal((path, action, action == "Keep" ? "old" : null), (steps[0].Result.Path, steps[0].Action.ToString(), steps[0].Result.Sha256));
    }

    [Fact]
    public void Other_content_at_the_same_path_leaves_both()
    {
        var known = Shelf.FileAt("a/b.tar.gz", new Extent(2048, 10)) with { Sha256 = "old" };
        var found = Shelf.FileAt("a/b.tar.gz", new Extent(4096, 10));
        var steps = Decide(Shelf.ListingOf(known), Shelf.ListingOf(found));
        Assert.Equal(["a/b.tar (2).gz Write", "a/b.tar.gz Keep old"], Say(steps));
    }

    [Theory]
    [InlineData("a.b/c", "a.b/c (2)")]
    [InlineData(".profile", ".profile (2)")]
    [InlineData("a/.profile", "a/.profile (2)")]
    [InlineData("c", "c (2)")]
    public void The_second_name_keeps_folder_and_extension(string path, string second) => Assert.Equal(
        second,
        Decide(
            Shelf.ListingOf(Shelf.FileAt(path, new Extent(0, 1)) with { Sha256 = "old" }),
            Shelf.ListingOf(Shelf.FileAt(path, new Extent(9, 1))))[0].Result.Path);

    [Fact]
    public void Other_content_that_came_before_keeps_its_second_name_and_gets_no_third()
    {
        var known = Shelf.FileAt("b.jpg", new Extent(2048, 10)) with { Sha256 = "old" };
        var found = Shelf.FileAt("b.jpg", new Extent(4096, 10)) with { Lost = Lost("0-5") };
        var second = found with { Path = "b (2).jpg", Sha256 = "new" };
        Assert.Equal(
            ["b (2).jpg Keep new", "b.jpg Keep old"], Say(Decide(Shelf.ListingOf(known, second), Shelf.ListingOf(found))));
        Assert.Equal(
            ["b (2).jpg Write", "b.jpg Keep old"],
            Say(Decide(Shelf.ListingOf(known, second), Shelf.ListingOf(found with { Lost = ByteSet.Empty }))));
        Assert.Equal(
            ["b (3).jpg Write", "b.jpg Keep old", "b (2).jpg Keep new"],
            Say(Decide(Shelf.ListingOf(known, second), Shelf.ListingOf(Shelf.FileAt("b.jpg", new Extent(6144, 10))))));
    }

    [Fact]
    public void A_second_name_is_none_that_the_disc_has_itself()
    {
        var known = Shelf.FileAt("b", new Extent(2048, 10)) with { Sha256 = "old" };
        var steps = Decide(
            Shelf.ListingOf(known), Shelf.ListingOf(Shelf.FileAt("b (2)", new Extent(0, 5)), Shelf.FileAt("b", new Extent(4096, 10))));
        Assert.Equal(["b (2) Write", "b (3) Write", "b Keep old"], Say(steps));
    }

    [Theory]
    [InlineData(0, "has-bytes Keep old")]
    [InlineData(1, "has-bytes Keep old, name-only Keep")]
    public void Names_of_an_earlier_reading_stay_while_they_have_bytes_or_this_reading_has_gaps(long unread, string steps)
    {
        var previous = Shelf.ListingOf(
            Shelf.FileAt("has-bytes", new Extent(0, 5)) with { Sha256 = "old" },
            Shelf.FileAt("name-only", new Extent(0, 5)) with { Lost = Lost("0-5") },
            Shelf.FolderAt("folder"));
        Assert.Equal(steps, string.Join(", ", Say(Decide(previous, Shelf.ListingOf() with { UnreadStructureSectors = unread }))));
    }

    [Theory]
    [InlineData("", "Write", "")]
    [InlineData("4-8", "Merge", "4-5")]
    [InlineData("0-8", "Keep", "0-5")]
    public void A_damaged_copy_that_has_another_name_now_gets_better_with_it(string lost, string action, string left)
    {
        var known = Shelf.FileAt("_hfs/a.jpg", new Extent(2048, 10)) with { Sha256 = "old", Lost = Lost("0-5") };
        var found = Shelf.FileAt("a.jpg", new Extent(2048, 10)) with { Lost = Lost(lost) };
        var steps = ShelfPlan.Decide(Shelf.ListingOf(known), Shelf.ListingOf(found, Shelf.FileAt("b.jpg", new Extent(2048, 9))), _ => true);
        Assert.Equal(("_hfs/a.jpg", action, Lost(left)), (steps[^1].Result.Path, steps[^1].Action.ToString(), steps[^1].Result.Lost));
        Assert.Equal(3, steps.Count);
    }

    [Fact]
    public void A_copy_that_nobody_verified_and_that_has_another_name_now_is_compared_with_what_reads_by_that()
    {
        var known = Shelf.FileAt("DCIM/A.JPG", new Extent(2048, 10)) with { Sha256 = "old", Unverified = Lost("0-5") };
        var found = Shelf.FileAt("dcim/a.jpg", new Extent(2048, 10)) with { Lost = Lost("8-10") };

        var step = Decide(Shelf.ListingOf(known), Shelf.ListingOf(found))[^1];

        Assert.Equal(("DCIM/A.JPG", ShelfAction.Write, null), (step.Result.Path, step.Action, step.Result.Sha256));
        Assert.Equal((ByteSet.Empty, Lost("8-10"), Lost("0-5")), (step.Result.Unverified, step.Result.Lost, step.Doubted));
    }

    [Fact]
    public void A_name_without_bytes_goes_where_the_file_is_known_by_another_name_though_this_reading_has_gaps()
    {
        var known = Shelf.FileAt("_orphans/a.jpg", new Extent(2048, 10)) with { Lost = Lost("0-10") };
        var other = Shelf.FileAt("_orphans/b.jpg", new Extent(8192, 10)) with { Lost = Lost("0-10") };
        var found = Shelf.ListingOf(Shelf.FileAt("DCIM/a.jpg", new Extent(2048, 10))) with { UnreadStructureSectors = 1 };
        Assert.Equal(["DCIM/a.jpg Write", "_orphans/b.jpg Keep"], Say(Decide(Shelf.ListingOf(known, other), found)));
    }

    [Fact]
    public void A_name_that_was_all_that_was_known_becomes_the_file()
    {
        var known = new ListedEntry { Path = "a", Kind = EntryKind.File, Size = 0, Extents = null };
        Assert.Equal(["a Write"], Say(Decide(Shelf.ListingOf(known), Shelf.ListingOf(Shelf.FileAt("a", new Extent(0, 5))))));
    }

    [Fact]
    public void A_name_without_a_place_takes_nothing_from_what_is_known_of_it()
    {
        var known = Shelf.FileAt("a", new Extent(0, 5)) with { Sha256 = "old", Lost = Lost("1-2") };
        var found = known with { Extents = null, Sha256 = null, Lost = Lost("0-5") };
        var step = Assert.Single(Decide(Shelf.ListingOf(known), Shelf.ListingOf(found)));
        Assert.Equal((ShelfAction.Keep, known), (step.Action, step.Result));
    }

    [Theory]
    [InlineData(EntryKind.Directory)]
    [InlineData(EntryKind.SymbolicLink)]
    [InlineData(EntryKind.Special)]
    public void What_is_no_file_is_listed_and_not_written(EntryKind kind)
    {
        var entry = new ListedEntry { Path = "a", Kind = kind };
        Assert.Equal(["a Keep"], Say(Decide(Listing.Empty, Shelf.ListingOf(entry))));
        Assert.Equal(["a Keep"], Say(Decide(Shelf.ListingOf(entry), Shelf.ListingOf(entry))));
    }

    [Fact]
    public void An_empty_file_is_written() =>
        Assert.Equal(["a Write"], Say(Decide(Listing.Empty, Shelf.ListingOf(Shelf.FileAt("a")))));

    private static IReadOnlyList<ShelfStep> Decide(Listing previous, Listing found) => ShelfPlan.Decide(previous, found, _ => true);

    private static IEnumerable<string> Say(IEnumerable<ShelfStep> steps) =>
        steps.Select(step => $"{step.Result.Path} {step.Action} {step.Result.Sha256}".TrimEnd());

    private static ByteSet Lost(string text) => text.Length == 0
        ? ByteSet.Empty
        : ByteSet.Of(new ByteRange(text[0] - '0', int.Parse(text[2..], System.Globalization.CultureInfo.InvariantCulture) - (text[0] - '0')));
}
