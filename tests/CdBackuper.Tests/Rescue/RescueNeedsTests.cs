using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

public sealed class RescueNeedsTests
{
    private const long Length = 20_000L * Sector.Size;

    [Fact]
    public void A_damaged_file_needs_the_whole_sectors_that_it_misses_and_a_sound_one_nothing()
    {
        var needs = Of(Sectors(30, 2), FileAt("a.JPG", new Extent((30 * Sector.Size) + 100, 50)), FileAt("b.txt", Extent.AtSector(31, 10_000)), FileAt("c", Extent.AtSector(40, 2048)));
        Assert.Equal([FileWorth.Photograph, FileWorth.Document], needs.Files.Select(file => file.Worth));
        Assert.Equal([Sectors(30, 1), Sectors(31, 1)], needs.Files.Select(file => file.Holes));
        Assert.True(needs.IsComplete);
    }

    [Fact]
    public void Sparse_runs_and_folders_need_nothing_and_bytes_behind_the_disc_can_not_be_read()
    {
        var needs = Of(
            Sectors(0, 20_000),
            FileAt("sparse", new Extent(Extent.Nowhere, 5000)),
            new() { Name = "folder", Kind = EntryKind.Directory },
            FileAt("cut off", Extent.AtSector(19_999, 1 << 20)));
        Assert.Equal(Sectors(19_999, 1), Assert.Single(needs.Files).Holes);
    }

    [Theory]
    [InlineData(1000, 2000, true)]
    [InlineData(8600, 11_400, true)]
    [InlineData(1000, 13_000, false)]
    [InlineData(500, 100, false)]
    public void What_lies_behind_the_volume_and_is_no_longer_than_a_gap_is_padding(long start, long count, bool isPadding)
    {
        var unread = Sectors(start, count);
        var needs = OfTracks(unread, [0], FileAt("a", Extent.AtSector(30, 2048)));
        Assert.Equal(isPadding ? unread : ByteSet.Empty, needs.PaddingOf(unread, unread));
        Assert.Empty(needs.PaddingOf(unread, ByteSet.Empty));
        Assert.Empty((needs with { IsComplete = false }).PaddingOf(unread, unread));
    }

    [Theory]
    [InlineData(19_000, 1000, 0)]
    [InlineData(8_600, 11_400, 0)]
    [InlineData(19_698, 302, 302)]
    [InlineData(1000, 2000, 1968)]
    public void Where_nobody_tells_of_sessions_an_end_that_may_be_one_is_no_padding(long start, long count, long padding)
    {
        var unread = Sectors(start, count);
        Assert.Equal(padding, Of(unread, FileAt("a", Extent.AtSector(30, 2048))).PaddingOf(unread, unread).SectorCount);
    }

    [Fact]
    public void Between_two_volumes_a_gap_is_padding_also_where_it_was_passed_over()
    {
        var first = new MadeVolume([], Sectors(16, 1)) { LengthBytes = 1000 * Sector.Size };
        var second = new MadeVolume([], Sectors(12_416, 1)) { SessionStart = 12_400, LengthBytes = 13_000 * Sector.Size };
        var gap = Sectors(1000, 11_400);
        Assert.Equal(gap, RescueNeeds.Of([first, second], first, MapWithout(gap), Length, []).PaddingOf(gap, ByteSet.Empty));
    }

    [Fact]
    public void A_track_without_volume_or_a_name_without_place_makes_it_incomplete()
    {
        Assert.False(Of(ByteSet.Empty, new FileEntry { Name = "a", Kind = EntryKind.File, Size = 9, Extents = null }).IsComplete);
        var volume = new MadeVolume([], Sectors(16, 1)) { LengthBytes = 1000 * Sector.Size };
        Assert.True(RescueNeeds.Of([volume], volume, MapWithout(ByteSet.Empty), Length, [0, 999]).IsComplete);
        Assert.False(RescueNeeds.Of([volume], volume, MapWithout(ByteSet.Empty), Length, [0, 12_400]).IsComplete);
        Assert.False(RescueNeeds.Of([volume with { IsIncomplete = true }], volume, MapWithout(ByteSet.Empty), Length, []).IsComplete);
    }

    [Fact]
    public void A_hostile_disc_that_lays_all_files_over_all_holes_is_cut_short()
    {
        var unread = ByteSet.Of(Enumerable.Range(0, 10_000).Select(index => ByteRange.OfSectors(index * 2, 1)));
        var needs = Of(unread, [.. Enumerable.Range(0, 2000).Select(index => FileAt($"{index}", new Extent(0, Length)))]);
        Assert.False(needs.IsComplete);
        Assert.InRange(needs.Files.Sum(file => (long)file.Holes.Count), 1, 1_100_000);
    }

    [Theory]
    [InlineData("IMG_0001.JPG", FileWorth.Photograph)]
    [InlineData("letter.Doc", FileWorth.Document)]
    [InlineData("film.avi", FileWorth.Other)]
    [InlineData("jpg", FileWorth.Other)]
    [InlineData("x.", FileWorth.Other)]
    [InlineData("", FileWorth.Other)]
    public void The_name_says_what_a_file_is(string name, FileWorth worth) => Assert.Equal(worth, FileWorths.Of(name));

    [Theory]
    [InlineData(1, HoleSize.Tiny)]
    [InlineData(4, HoleSize.Tiny)]
    [InlineData(5, HoleSize.Small)]
    [InlineData(32, HoleSize.Small)]
    [InlineData(256, HoleSize.Medium)]
    [InlineData(257, HoleSize.Large)]
    public void Holes_have_sizes(int sectors, HoleSize size) => Assert.Equal(size, new DamagedFile(FileWorth.Other, Sectors(0, sectors)).Size);

    // tried in a large read, sector by sector, not at all | what it may cost
    [Theory]
    [InlineData(32, 0, 0, 2)]
    [InlineData(100, 0, 0, 50)]
    [InlineData(0, 7, 0, 7)]
    [InlineData(0, 0, 320, 11)]
    [InlineData(32, 7, 320, 20)]
    public void What_failed_alone_costs_most_and_what_was_passed_over_least(int failed, int bad, int untried, int cost)
    {
        var map = RescueMap.Empty.With(1000 * Sector.Size, Sectors(0, 100), Sectors(200, bad));
        map = RescueMap.Of([.. map.Blocks.SelectMany(block => block.Range.Start == 100 * Sector.Size && failed > 0
            ? [new(ByteRange.OfSectors(100, failed), BlockStatus.NonTrimmed), new(ByteRange.OfSectors(100 + failed, (block.Range.Length / Sector.Size) - failed), BlockStatus.NonTried)]
            : new[] { block })]);
        var volume = new MadeVolume([FileAt("a.jpg", Extents(100, failed), Extents(200, bad), Extents(500, untried))], ByteSet.Empty) { LengthBytes = 1000 * Sector.Size };
        Assert.Equal(cost, Assert.Single(RescueNeeds.Of([volume], volume, map, 1000 * Sector.Size, []).Files).Cost);

        static Extent Extents(int start, int count) => Extent.AtSector(start, count * (long)Sector.Size);
    }

    [Theory]
    [InlineData(90, 20, 100, 50, true)]
    [InlineData(140, 20, 100, 50, true)]
    [InlineData(100, 10, 100, 50, false)]
    [InlineData(110, 10, 100, 50, false)]
    [InlineData(60, 80, 100, 50, false)]
    public void A_hole_that_begins_in_the_neighbour_is_mostly_the_neighbours(int hole, int holeCount, int file, int fileCount, bool isShared)
    {
        var needs = Of(Sectors(hole, holeCount), FileAt("a.jpg", Extent.AtSector(file, fileCount * (long)Sector.Size)));
        Assert.Equal(isShared, Assert.Single(needs.Files).Size == HoleSize.Shared);
    }

    private static RescueMap MapWithout(ByteSet unread)
    {
        var all = new ByteRange(0, Length);
        return RescueMap.Of([.. unread.Within(all).Select(run => new RescueBlock(run, BlockStatus.NonTrimmed))
            .Concat(unread.Missing(all).Select(run => new RescueBlock(run, BlockStatus.Finished)))
            .OrderBy(block => block.Range.Start)]);
    }

    private static RescueNeeds Of(ByteSet unread, params FileEntry[] entries) => OfTracks(unread, [], entries);

    private static RescueNeeds OfTracks(ByteSet unread, long[] trackStarts, params FileEntry[] entries)
    {
        var volume = new MadeVolume(entries, Sectors(16, 4)) { LengthBytes = 1000 * Sector.Size };
        return RescueNeeds.Of([volume], volume, MapWithout(unread), Length, trackStarts);
    }

    private static FileEntry FileAt(string name, params Extent[] extents) =>
        new() { Name = name, Kind = EntryKind.File, Size = extents.Sum(extent => extent.Length), Extents = extents };

    private static ByteSet Sectors(long start, long count) => ByteSet.Of(ByteRange.OfSectors(start, count));
}
