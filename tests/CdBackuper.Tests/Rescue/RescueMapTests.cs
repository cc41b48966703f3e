using System.Globalization;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CsCheck;

namespace CdBackuper.Tests.Rescue;

public sealed class RescueMapTests
{
    private static readonly Gen<RescueMap> Maps = Gen.Select(Gen.Enum<BlockStatus>(), Gen.Int[1, 5000]).Array[0, 12].Select(blocks =>
    {
        long next = 0;
        return RescueMap.Of([.. blocks.Select(block => new RescueBlock(new((next += block.Item2) - block.Item2, block.Item2), block.Item1))]);
    });

    [Fact]
    public void Sums_and_counts_are_those_of_the_single_bytes() => Maps.Sample(map =>
    {
        var bytes = map.Blocks.SelectMany(block => Enumerable.Repeat(block.Status, (int)block.Range.Length)).ToArray();
        Assert.Equal(bytes.Length, map.End);
        Assert.Equal(bytes.Length, map.Tally.Total);
        Assert.Equal(bytes.Count(status => status == BlockStatus.Finished), map.Finished.TotalLength);
        Assert.Equal(bytes.Count(status => status == BlockStatus.NonScraped), map.Tally.NonScraped);
        Assert.Equal(
            bytes.Index().Where(pair => pair.Item != BlockStatus.Finished).Select(pair => pair.Index / Sector.Size).Distinct().Count(),
            map.UnreadSectors);
        Assert.Equal(
            bytes.Index().Count(pair => pair.Item != BlockStatus.Finished
                && (pair.Index == 0 || bytes[pair.Index - 1] == BlockStatus.Finished)),
            map.UnreadAreas);
        Assert.Equal(bytes.Length > 0 && bytes.All(status => status == BlockStatus.Finished), map.Tally.IsComplete);
    });

    [Fact]
    public void A_map_that_is_printed_is_read_as_the_same() => Maps.Where(map => map.Blocks.Count > 0).Sample(map =>
    {
        var lines = map.Blocks.Select(block => string.Create(
            CultureInfo.InvariantCulture, $"0x{block.Range.Start:X8}  0x{block.Range.Length:X8}  {"?*/-+"[(int)block.Status]}"));
        Assert.True(MapfileText.TryParse($"0x00 ? 1\n{string.Join('\n', lines)}\n", out var read, out _));
        Assert.Equal(map.Blocks, read.Blocks);
    });

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(1, 1, 50)]
    [InlineData(0, 1, 100)]
    [InlineData(1, 1_000_000_000_000, 99.99)]
    [InlineData(4, 99_996, 99.99)]
    [InlineData(1_000_000, 1, 0)]
    public void It_is_never_100_percent_unless_it_is_all(long unread, long finished, double percent)
    {
        Assert.Equal(percent, new RescueTally(unread, 0, 0, 0, finished).FinishedPercent);
        Assert.Equal(percent, new RescueTally(0, 0, 0, unread, finished).FinishedPercent);
    }

    [Fact]
    public void Blocks_that_overlap_make_no_map() => Assert.Throws<ArgumentException>(
        () => RescueMap.Of([new(new(0, 2), BlockStatus.Finished), new(new(1, 2), BlockStatus.BadSector)]));
}
