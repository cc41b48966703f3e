using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Archive;

namespace CdBackuper.Tests.Jobs;

/// <summary>A disc of 100 sectors: ONE in 20 to 29, of which 22 is lost, and TWO in 40 to 49, the last of them in part.</summary>
public sealed class BytesBeforeTests
{
    private const long Length = 100 * Sector.Size;

    private static readonly ListedEntry One = Shelf.FileAt("ONE", Extent.AtSector(20, 10 * Sector.Size)) with
    {
        Sha256 = "1",
        Lost = ByteSet.Of(ByteRange.OfSectors(2, 1)),
    };

    private static readonly ListedEntry Two = Shelf.FileAt("TWO", Extent.AtSector(40, (9 * Sector.Size) + 5)) with { Sha256 = "2" };

    private static readonly Listing Known = Shelf.ListingOf(One, Two);

    [Fact]
    public void With_a_map_it_is_what_the_map_says_and_what_the_files_have_besides() => Assert.Equal(
        Sectors((0, 3), (20, 2), (23, 7), (40, 10)),
        BytesBefore.Of(Sectors((0, 3), (20, 1)), Known, [], hasGrown: false, Length));

    [Fact]
    public void Without_a_map_it_is_all_but_what_the_files_miss_where_all_names_are_known() =>
        Assert.Equal(Sectors((0, 22), (23, 77)), BytesBefore.Of(ByteSet.Empty, Known, [], hasGrown: false, Length));

    [Fact]
    public void A_file_that_is_not_archived_or_no_longer_what_was_written_is_missing()
    {
        var listing = Shelf.ListingOf(One, Two with { Sha256 = null });
        Assert.Equal(Sectors((0, 22), (23, 17), (50, 50)), BytesBefore.Of(ByteSet.Empty, listing, [], hasGrown: false, Length));
        Assert.Equal(Sectors((0, 22), (23, 17), (50, 50)), BytesBefore.Of(ByteSet.Empty, Known, [Two], hasGrown: false, Length));
    }

    [Fact]
    public void A_disc_that_has_grown_or_whose_names_are_not_all_known_may_miss_more()
    {
        var files = Sectors((20, 2), (23, 7), (40, 10));
        Assert.Equal(files, BytesBefore.Of(ByteSet.Empty, Known, [], hasGrown: true, Length));
        Assert.Equal(files, BytesBefore.Of(ByteSet.Empty, Known with { LacksNames = true }, [], hasGrown: false, Length));
        Assert.Equal(files, BytesBefore.Of(ByteSet.Empty, Known with { UnreadStructureSectors = 1 }, [], hasGrown: false, Length));
        Assert.Equal(ByteSet.Empty, BytesBefore.Of(ByteSet.Empty, Listing.Empty, [], hasGrown: false, Length));
    }

    [Fact]
    public void What_a_predecessor_left_was_not_read() => Assert.Equal(
        Sectors((0, 22), (23, 17), (50, 50)),
        BytesBefore.Of(ByteSet.Empty, Shelf.ListingOf(One, Two with { Unverified = ByteSet.Of(new ByteRange(0, Two.Size)) }), [], hasGrown: false, Length));

    [Fact]
    public void Of_what_is_stored_in_one_piece_all_is_missing_with_a_part()
    {
        var zipped = Shelf.FileAt("Z", new Extent(60 * Sector.Size, 1 << 15, ZlibLength: 2 * Sector.Size), new Extent(Extent.Nowhere, 100)) with
        {
            Sha256 = "3",
            Lost = ByteSet.Of(new ByteRange(7, 1)),
        };
        Assert.Equal(Sectors((0, 60), (62, 38)), BytesBefore.Of(ByteSet.Empty, Shelf.ListingOf(zipped), [], hasGrown: false, Length));
    }

    private static ByteSet Sectors(params (int First, int Count)[] runs) => ByteSet.Of(runs.Select(run => ByteRange.OfSectors(run.First, run.Count)));
}
