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
    [InlineData(1000, 11_400, true)]
    [InlineData(1000, 13_000, false)]
    [InlineData(500, 100, false)]
    public void What_lies_behind_the_volume_and_is_no_longer_than_a_gap_is_padding(long start, long count, bool isPadding)
    {
        var unread = Sectors(start, count);
        var needs = Of(unread, FileAt("a", Extent.AtSector(30, 2048)));
        Assert.Equal(isPadding ? unread : ByteSet.Empty, needs.PaddingOf(unread));
        Assert.Empty((needs with { IsComplete = false }).PaddingOf(unread));
    }

    [Fact]
    public void A_track_without_volume_or_a_name_without_place_makes_it_incomplete()
    {
        Assert.False(Of(ByteSet.Empty, new FileEntry { Name = "a", Kind = EntryKind.File, Size = 9, Extents = null }).IsComplete);
        var volume = new MadeVolume([], Sectors(16, 1)) { LengthBytes = 1000 * Sector.Size };
        Assert.True(RescueNeeds.Of([volume], volume, ByteSet.Empty, Length, [0, 999]).IsComplete);
        Assert.False(RescueNeeds.Of([volume], volume, ByteSet.Empty, Length, [0, 12_400]).IsComplete);
        Assert.False(RescueNeeds.Of([volume with { IsIncomplete = true }], volume, ByteSet.Empty, Length, []).IsComplete);
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
    [InlineData(16, HoleSize.Tiny)]
    [InlineData(17, HoleSize.Small)]
    [InlineData(256, HoleSize.Small)]
    [InlineData(4096, HoleSize.Medium)]
    [InlineData(4097, HoleSize.Large)]
    public void Holes_have_sizes(int sectors, HoleSize size) => Assert.Equal(size, new DamagedFile(FileWorth.Other, Sectors(0, sectors)).Size);

    private static RescueNeeds Of(ByteSet unread, params FileEntry[] entries)
    {
        var volume = new MadeVolume(entries, Sectors(16, 4)) { LengthBytes = 1000 * Sector.Size };
        return RescueNeeds.Of([volume], volume, unread, Length, []);
    }

    private static FileEntry FileAt(string name, params Extent[] extents) =>
        new() { Name = name, Kind = EntryKind.File, Size = extents.Sum(extent => extent.Length), Extents = extents };

    private static ByteSet Sectors(long start, long count) => ByteSet.Of(ByteRange.OfSectors(start, count));
}
