using CdBackuper.Archive.Format;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Notices.Pictures;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Notices;

/// <summary>The picture of a disc's damage, looked at with netpbm.</summary>
public sealed class DamageMapTests
{
    private const long Disc = 8_500_000_000;

    [Fact]
    public void A_single_lost_sector_of_a_full_double_layer_disc_is_seen()
    {
        var bad = ByteSet.Of(ByteRange.OfSectors(2_000_000, 1));
        var pixels = Draw(bad, [File(2_000_000)]);
        Assert.InRange(pixels.Count(pixel => pixel is { Red: > 200, Green: < 90 }), 10, 100);
        Assert.InRange(pixels.Count(pixel => pixel is { Green: > 180, Red: < 80 }), 80_000, 130_000);
    }

    [Fact]
    public void What_no_file_misses_is_amber_and_what_was_not_asked_for_is_grey()
    {
        var half = ByteSet.Of(new ByteRange(Disc / 2 / 2048 * 2048, 4096));
        Assert.Contains(Draw(half, []), pixel => pixel is { Red: > 230, Green: > 180 });
        Assert.DoesNotContain(Draw(half, []), pixel => pixel is { Red: > 200, Green: < 90 });
        var blank = DamageMap.Draw(DiscCells.Of(DamageMap.Cells, Disc, RescueMap.Empty, ByteSet.Empty, []));
        Assert.DoesNotContain(Pixels(blank.Bytes), pixel => pixel is { Green: > 180, Red: < 80 });
    }

    [Fact]
    public void The_disc_begins_in_the_middle_and_ends_at_the_edge()
    {
        var (first, last) = (Draw(ByteSet.Of(ByteRange.OfSectors(0, 100)), [File(0, 100)]), Draw(ByteSet.Of(ByteRange.OfSectors((Disc / 2048) - 100, 100)), [File((Disc / 2048) - 100, 100)]));
        Assert.InRange(Radius(first), 90, 110);
        Assert.InRange(Radius(last), 230, 250);
    }

    private static double Radius(IReadOnlyList<(byte Red, byte Green, byte Blue)> pixels) => pixels
        .Index().Where(pixel => pixel.Item is { Red: > 200, Green: < 90 })
        .Average(pixel => Math.Sqrt(Math.Pow((pixel.Index % DamageMap.Size) - 256, 2) + Math.Pow((pixel.Index / DamageMap.Size) - 256, 2)));

    private static ListedEntry File(long sector, long sectors = 1) =>
        new() { Path = "a", Kind = EntryKind.File, Size = 2048 * sectors, Extents = [new(sector * 2048, 2048 * sectors)] };

    private static IReadOnlyList<(byte Red, byte Green, byte Blue)> Draw(ByteSet unread, IReadOnlyList<ListedEntry> files)
    {
        var map = RescueMap.Empty.With(Disc, ByteSet.Of(new ByteRange(0, Disc)).Except(unread), unread);
        var picture = DamageMap.Draw(DiscCells.Of(DamageMap.Cells, Disc, map, unread, files));
        Assert.InRange(picture.Bytes.Length, 1000, 200_000);
        return Pixels(picture.Bytes);
    }

    /// <summary>By an independent reader of PNG.</summary>
    private static IReadOnlyList<(byte Red, byte Green, byte Blue)> Pixels(byte[] png)
    {
        Tool.Require("pngtopam");
        using var folder = new TempFolder();
        System.IO.File.WriteAllBytes(folder["map.png"], png);
        var pnm = Tool.Run("pngtopam", folder["map.png"]);
        Assert.StartsWith("P6\n512 512\n255\n", pnm, StringComparison.Ordinal);
        var bytes = System.Text.Encoding.Latin1.GetBytes(pnm[15..]);
        Assert.Equal(DamageMap.Size * DamageMap.Size * 3, bytes.Length);
        return [.. Enumerable.Range(0, bytes.Length / 3).Select(index => (bytes[3 * index], bytes[(3 * index) + 1], bytes[(3 * index) + 2]))];
    }
}
