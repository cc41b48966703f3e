using CdBackuper.Archive.Store;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

public sealed class LostHeadsTests
{
    private const long Length = 20_000L * Sector.Size;

    private static readonly MadeVolume First = new([], Sectors(16, 1)) { LengthBytes = 1000 * Sector.Size };

    // the gap that does not read | how much of the head behind it is looked for
    [Theory]
    [InlineData(1000, 11_400, 12_368, 32)]
    [InlineData(1200, 6_900, 8_068, 32)]
    [InlineData(1000, 3000, 0, 0)]
    [InlineData(1000, 19_000, 0, 0)]
    [InlineData(500, 400, 0, 0)]
    public void Data_behind_a_gap_that_no_volume_reaches_has_a_lost_head(long gap, long count, long head, long headSectors) =>
        MustMiss(gap, count, [0], head, headSectors);

    // what does not read | what is looked for, in the gap's last sectors or the disc's
    [Theory]
    [InlineData(1000, 11_400, 12_368, 32)]
    [InlineData(1000, 3000, 3968, 32)]
    [InlineData(1000, 302, 0, 0)]
    [InlineData(1000, 19_000, 19_816, 184)]
    [InlineData(8000, 12_000, 19_816, 184)]
    [InlineData(19_697, 303, 19_816, 184)]
    [InlineData(19_698, 302, 0, 0)]
    [InlineData(500, 400, 0, 0)]
    public void Without_table_of_contents_a_session_may_lie_in_an_end_that_does_not_read(long gap, long count, long head, long headSectors) =>
        MustMiss(gap, count, [], head, headSectors);

    [Fact]
    public void The_end_of_a_volume_is_its_own_and_no_unknown_session()
    {
        var volume = First with { LengthBytes = Length - (152 * Sector.Size) };
        Assert.Empty(LostHeads.Of([volume], volume, Sectors(0, 10_000), [], Length));
    }

    private static void MustMiss(long gap, long count, long[] trackStarts, long head, long headSectors)
    {
        var read = Sectors(0, 20_000).Except(Sectors(gap, count));
        var expected = headSectors == 0 ? ByteSet.Empty : Sectors(head, headSectors);
        Assert.Equal(expected, LostHeads.Of([First], First, read, trackStarts, Length));
        Assert.Equal(headSectors, ListingBuilder.Build([First], First, read, Length, trackStarts, ByteSet.Empty).UnreadStructureSectors);
    }

    [Fact]
    public void A_gap_before_a_session_that_was_found_has_none()
    {
        var second = First with { SessionStart = 12_550, LengthBytes = Length };
        var read = Sectors(0, 20_000).Except(Sectors(1000, 11_400));
        Assert.Empty(LostHeads.Of([First, second], First, read, [0, 12_550], Length));
    }

    // where the only volume begins | the tracks | how much of the disc's head is missing
    [Theory]
    [InlineData(32, false, 8)]
    [InlineData(32, true, 8)]
    [InlineData(0, false, 0)]
    public void The_head_of_a_disc_is_missed_where_volumes_begin_further_on_alone(long start, bool hasTable, long missing)
    {
        var volume = new MadeVolume([], Sectors(start + 16, 1)) { SessionStart = start, LengthBytes = 1000 * Sector.Size };
        var read = Sectors(0, 20_000).Except(Sectors(16, 8)).Union(volume.Structures);
        Assert.Equal(missing, LostHeads.Of([volume], volume, read, hasTable ? [0] : [], Length).SectorCount);
    }

    [Fact]
    public void The_end_of_a_gap_before_unknown_data_is_needed_and_the_gap_stays_padding()
    {
        var gap = Sectors(1000, 11_400);
        var needs = RescueNeeds.Of([First], First, MapWithout(gap), Length, []);
        Assert.Equal(Sectors(16, 1).Union(Sectors(12_368, 32)), needs.Structures);
        Assert.Equal(Sectors(1000, 11_368), needs.PaddingOf(gap, gap));
    }

    [Fact]
    public void A_track_of_data_whose_file_system_can_not_be_read_is_no_whole_disc()
    {
        var unread = Sectors(12_416, 1);
        var listing = ListingBuilder.Build([First], First, Sectors(0, 20_000).Except(unread), Length, [0, 12_400], ByteSet.Empty);
        Assert.Equal((1, false), (listing.UnreadStructureSectors, listing.IsWhole));
        Assert.Equal(unread, LostHeads.Of([First], First, Sectors(0, 20_000).Except(unread), [0, 12_400], Length));

        // Without a file system every byte of it may be of worth.
        listing = ListingBuilder.Build([First], First, Sectors(0, 20_000).Except(Sectors(15_000, 2)), Length, [0, 12_400], ByteSet.Empty);
        Assert.Equal(2, listing.UnreadStructureSectors);
    }

    [Fact]
    public void A_track_of_data_that_was_read_and_holds_no_file_system_keeps_the_image()
    {
        var listing = ListingBuilder.Build([First], First, Sectors(0, 20_000), Length, [0, 12_400], ByteSet.Empty);
        Assert.True(listing is { IsWhole: true, HasMoreThanFiles: true });
        Assert.False(ListingBuilder.Build([First], First, Sectors(0, 20_000), Length, [0], ByteSet.Empty).HasMoreThanFiles);
    }

    [Fact]
    public void A_track_that_a_file_lies_in_is_known()
    {
        var volume = new MadeVolume([new() { Name = "film", Kind = EntryKind.File, Size = 4096, Extents = [Extent.AtSector(12_400, 4096)] }], Sectors(16, 1))
        {
            LengthBytes = 1000 * Sector.Size,
        };
        Assert.False(ListingBuilder.Build([volume], volume, Sectors(0, 20_000), Length, [0, 12_400], ByteSet.Empty).HasMoreThanFiles);
    }

    private static RescueMap MapWithout(ByteSet unread)
    {
        var all = new ByteRange(0, Length);
        return RescueMap.Of([.. unread.Within(all).Select(run => new RescueBlock(run, BlockStatus.NonTrimmed))
            .Concat(unread.Missing(all).Select(run => new RescueBlock(run, BlockStatus.Finished)))
            .OrderBy(block => block.Range.Start)]);
    }

    private static ByteSet Sectors(long start, long count) => ByteSet.Of(ByteRange.OfSectors(start, count));
}
