using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

public sealed class MapfileTextTests
{
    [Theory]
    [InlineData("--no-scrape", "--no-trim")]
    [InlineData("--no-scrape")]
    [InlineData("--retry-passes=1")]
    [InlineData("--size=100000")]
    public void What_the_real_ddrescue_writes_is_what_its_own_log_tool_says(params string[] options)
    {
        Tool.Require("ddrescue", "ddrescuelog");
        using var folder = new TempFolder()
            .With("source", new string('x', 1 << 20))
            .With("damage", "0x0 +\n0x0 0x40000 +\n0x40000 0x3000 -\n0x43000 0x50800 +\n0x93800 0x800 -\n0x94000 0x6C000 +\n");
        Tool.Run("ddrescue", [.. options, "--sector-size=2048", $"--test-mode={folder["damage"]}", folder["source"], folder["image"], folder["map"]]);

        var map = Parse(File.ReadAllText(folder["map"]));

        foreach (var (status, bytes) in new[]
        {
            ('?', map.Tally.NonTried), ('*', map.Tally.NonTrimmed), ('/', map.Tally.NonScraped), ('-', map.Tally.BadSector),
            ('+', map.Tally.Finished),
        })
        {
            var sectors = Tool.Run("ddrescuelog", "--block-size=1", $"--list-blocks={status}", folder["map"]).Count(letter => letter == '\n');
            Assert.Equal(sectors, bytes);
        }
    }

    [Fact]
    public void Statuses_numbers_comments_blanks_and_line_ends_are_read_as_ddrescue_reads_them()
    {
        var map = Parse("# a comment\r\n0x00 F\r\n  # another\n0 2048 +\n\n0x800\t04000  ?\n0x1000  0X800 *\n 6144 2048 /\n0x2000 0x10 -");

        Assert.Equal(new RescueTally(2048, 2048, 2048, 16, 2048), map.Tally);
        Assert.Equal(ByteSet.Of(new ByteRange(0, 2048)), map.Finished);
        Assert.Equal(0x2010, map.End);
        Assert.Equal(1, map.UnreadAreas);
        Assert.Equal(4, map.UnreadSectors);
    }

    [Theory]
    [InlineData("", "no block lines")]
    [InlineData("\n# Mapfile. Created by GNU ddrescue version 1.27\n", "no block lines")]
    [InlineData("0x0 + 1\n", "no block lines")]
    [InlineData("\0\0\0\0\0\0\0\0", "line 1 is not a current-position line")]
    [InlineData("0x0 0x800 +\n", "line 1 is not a current-position line")]
    [InlineData("0x0 0x800 +\n0x800 0x800 -\n", "line 1 is not a current-position line")]
    [InlineData("0x0 %\n0x0 0x800 +\n", "line 1 is not a current-position line")]
    [InlineData("0x0 + 1\n0x0 0x800 %\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x800  0x0", "line 3 is not a block line")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x800  0x800", "line 3 is not a block line")]
    [InlineData("0x0 + 1\n0x0 0x800 ++\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x0 -2048 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x0 0x0 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x8000000000000000 0x800 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x7FFFFFFFFFFFFFFF 0x800 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0 08 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0 07777777777777777777777 +\n", "line 2 is not a block line")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x400 0x800 -\n", "line 3 overlaps")]
    [InlineData("0x0 + 1\n0x800 0x800 +\n0x0 0x800 -\n", "line 3 overlaps")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x1000 0x800 -\n", "line 3 does not follow on")]
    [InlineData("0x0 + 1\n0x0 0x800 +\nGARBAGE\n", "line 3 is not a block line")]
    public void A_broken_map_is_refused_with_its_first_wrong_line(string text, string problem)
    {
        Assert.False(MapfileText.TryParse(text, out var map, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
        Assert.Same(RescueMap.Empty, map);
    }

    [Theory]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x1000 0x800 -\n")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x400 0x800 -\n")]
    [InlineData("0x0 %\n0x0 0x800 +\n")]
    [InlineData("0x0 + 1\n0x0 0x800 %\n")]
    [InlineData("0x0 + 1\n0x0 0x800 +\n0x800  0x800")]
    public void What_is_refused_is_refused_by_the_real_ddrescue_too(string text)
    {
        Tool.Require("ddrescuelog", "sh");
        using var folder = new TempFolder().With("map", text);
        Assert.Equal("2\n", Tool.Run("sh", "-c", "ddrescuelog --show-status \"$1\" >/dev/null 2>&1; echo $?", "sh", folder["map"]));
        Assert.False(MapfileText.TryParse(text, out _, out _));
    }

    [Fact]
    public void A_map_over_a_disc_is_printed_as_the_real_ddrescue_reads_it()
    {
        Tool.Require("ddrescuelog");
        var map = RescueMap.Empty.With(
            10 * 2048,
            ByteSet.Of(ByteRange.OfSectors(0, 3), ByteRange.OfSectors(5, 1), ByteRange.OfSectors(12, 9)),
            ByteSet.Of(ByteRange.OfSectors(2, 2), ByteRange.OfSectors(9, 4)));
        var text = MapfileText.Print(map, "two\nlines", "");
        using var folder = new TempFolder().With("map", text);

        Assert.Equal(new RescueTally(4 * 2048, 0, 0, 2 * 2048, 4 * 2048), map.Tally);
        Assert.Equal(map.Blocks, Parse(text).Blocks);
        foreach (var (status, sectors) in new[] { ('+', "0\n1\n2\n5\n"), ('-', "3\n9\n"), ('?', "4\n6\n7\n8\n") })
        {
            Assert.Equal(sectors, Tool.Run("ddrescuelog", "--block-size=2048", $"--list-blocks={status}", folder["map"]));
        }
    }

    [Fact]
    public void Every_status_is_printed_as_it_is_read()
    {
        var map = Parse("0 +\n0 1 ?\n1 1 *\n2 1 /\n3 1 -\n4 0x123456789A +\n");
        Assert.Equal(map.Blocks, Parse(MapfileText.Print(map)).Blocks);
    }

    private static RescueMap Parse(string text)
    {
        Assert.True(MapfileText.TryParse(text, out var map, out var problem), problem);
        return map;
    }
}
