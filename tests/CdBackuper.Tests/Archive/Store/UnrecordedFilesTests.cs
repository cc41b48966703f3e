using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Archive.Store;

/// <summary>A damaged file was moved into place, better than its record, and then the power went.</summary>
public sealed class UnrecordedFilesTests
{
    private const int Sectors = 5;
    private static readonly byte[] Disc = Shelf.Bytes(Sectors * Sector.Size, seed: 77);

    [Theory]
    [InlineData(4, FileCondition.Perfect, "")]
    [InlineData(1, FileCondition.Unverified, "1")]
    public void What_was_recorded_stays_proven_and_what_came_in_is_compared_with_the_disc(int unread, FileCondition condition, string unverified)
    {
        using var shelf = new Shelf();
        var read = ByteSet.Of(new ByteRange(0, Disc.Length));
        var found = Shelf.FileAt("a.jpg", new Extent(0, Disc.Length));
        Listing recorded;
        using (var poorer = shelf.Image(Disc, read.Except(SectorAt(1))))
        {
            recorded = shelf.Bring(Shelf.ListingOf(), Shelf.ListingOf(found with { Lost = SectorAt(1) }), poorer, out _);
        }

        File.WriteAllBytes(shelf["a.jpg"], Disc);
        using var image = shelf.Image(Disc, read.Except(SectorAt(unread)));
        var doubted = UnrecordedFiles.Doubt(shelf.Folder, recorded, CancellationToken.None);
        var file = Assert.Single(shelf.Bring(doubted, Shelf.ListingOf(found with { Lost = SectorAt(unread) }), image, out _).Files);

        Assert.Equal((condition, unverified.Length == 0 ? ByteSet.Empty : SectorAt(1)), (file.Condition, file.Unverified));
        Assert.Equal(Disc, File.ReadAllBytes(shelf["a.jpg"]));
    }

    [Fact]
    public void Of_a_file_that_is_not_what_its_record_says_nothing_is_proven()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Disc, ByteSet.Of(new ByteRange(0, Disc.Length)).Except(SectorAt(1)));
        var found = Shelf.FileAt("a.jpg", new Extent(0, Disc.Length)) with { Lost = SectorAt(1) };
        var recorded = shelf.Bring(Shelf.ListingOf(), Shelf.ListingOf(found), image, out _);
        var other = (byte[])Disc.Clone();
        other[^1] ^= 1;
        File.WriteAllBytes(shelf["a.jpg"], other);

        var file = Assert.Single(UnrecordedFiles.Doubt(shelf.Folder, recorded, CancellationToken.None).Files);

        Assert.Equal(ByteSet.Of(new ByteRange(0, Disc.Length)).Except(SectorAt(1)), file.Unverified);
    }

    private static ByteSet SectorAt(int sector) => ByteSet.Of(ByteRange.OfSectors(sector, 1));
}
