using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Rescue;

public sealed class DataDomainTests
{
    // tracks as kind and start | lead-out | last session | length | what may hold data
    [Theory]
    [InlineData("", 0, 0, 1000, "0-999")]
    [InlineData("d0", 998, 0, 1000, "0-999")]
    [InlineData("d0 d31400", 50000, 31400, 50002, "0-19999 31400-50001")]
    [InlineData("d0 d31400 d60000", 80000, 60000, 80000, "0-53099 60000-79999")]
    [InlineData("d0 a20000 a30000", 40000, 0, 40000, "0-19849")]
    [InlineData("a0 a20000 d51400", 60000, 51400, 60000, "51400-59999")]
    [InlineData("a0", 40000, 0, 40000, "0-39999")]
    [InlineData("d0 d9000", 20000, 9000, 20000, "9000-19999")]
    public void The_table_of_contents_says_where_data_may_be(string tracks, long leadOut, long lastSession, long length, string domain)
    {
        var toc = Toc(tracks, leadOut, lastSession);
        Assert.Equal(domain, Say(DataDomain.Of(length * Sector.Size, toc, ByteSet.Empty)));
    }

    // where sessions end | what may hold data
    [Theory]
    [InlineData("20000 53000", "0-19999 31400-52999 60000-79999")]
    [InlineData("20000", "0-19999 31400-53099 60000-79999")]
    [InlineData("30000 53000", "0-52999 60000-79999")]
    [InlineData("99000", "0-53099 60000-79999")]
    public void Where_the_drive_says_where_sessions_end_no_gap_between_them_holds_data(string ends, string domain)
    {
        var toc = Toc("d0 d31400 d60000", 80000, 60000)! with
        {
            SessionEnds = [.. ends.Split(' ').Select(end => long.Parse(end, System.Globalization.CultureInfo.InvariantCulture))],
        };
        Assert.Equal(domain, Say(DataDomain.Of(80000 * Sector.Size, toc, ByteSet.Empty)));
    }

    [Fact]
    public void Known_gaps_hold_no_data_and_a_last_sector_may_be_in_part()
    {
        var gaps = ByteSet.Of(ByteRange.OfSectors(10, 5));
        Assert.Equal(95 * Sector.Size, DataDomain.Of(100 * Sector.Size, null, gaps).TotalLength);
        Assert.Equal(5000, DataDomain.Of(5000, null, ByteSet.Empty).TotalLength);
    }

    [Theory]
    [InlineData("", 100_000, "0-299 512-512 99487-99487 99743-99743 99980-99999")]
    [InlineData("d0 d31400", 50_000, "0-299 512-512 31400-31447 31656-31656 49487-49487 49743-49743 49980-49999")]
    [InlineData("", 20, "0-19")]
    [InlineData("", 0, "")]
    public void Descriptors_lie_at_known_places(string tracks, long length, string places) =>
        Assert.Equal(places, Say(DataDomain.MetadataPlaces(length * Sector.Size, Toc(tracks, length, 0))));

    private static Toc? Toc(string tracks, long leadOut, long lastSession) => tracks.Length == 0 ? null : new(
        [.. tracks.Split(' ').Select((word, index) => new TocTrack(
            index + 1, long.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture), word[0] == 'd'))],
        leadOut,
        lastSession == 0 ? null : lastSession);

    private static string Say(ByteSet set) =>
        string.Join(' ', set.Select(range => $"{range.Start / Sector.Size}-{(range.End / Sector.Size) - 1}"));
}
