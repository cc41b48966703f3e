namespace CdBackuper.Tests.Images;

/// <summary>cdrdao's toc-files and CloneCD's descriptions.</summary>
public sealed class SheetFormatsTests
{
    [Theory]
    [InlineData("TRACK MODE1_RAW DATAFILE \"a\" 00:02:49 TRACK AUDIO PREGAP 0:2:0 FILE \"a\" #820848 0 0:4:0",
        "1 Mode1 0-199 @0/2352; 2 Sound 349-649 @820848/2352")]
    [InlineData("CD_ROM_XA TRACK MODE2_FORM_MIX DATAFILE \"a\" // to its end", "1 Mode2 0-1007 @0/2336")]
    [InlineData("TRACK MODE1 RW_RAW DATAFILE \"a\" #2144 0:0:4", "1 Mode1 0-4 @2144/2144")]
    [InlineData("TRACK MODE2_RAW ZERO 0:0:2 DATAFILE \"a\" 4704 START 0:0:2", "1 Mode2 2-4 @0/2352")]
    [InlineData("TRACK MODE1_RAW DATAFILE \"a\" 0:0:3 START DATAFILE \"a\" #7056 0:0:2", "1 Mode1 3-5 @7056/2352")]
    [InlineData("TRACK AUDIO CD_TEXT { LANGUAGE 0 { TITLE \"} \\\" {\" SIZE_INFO { 0, 1 } } } FILE \"a\" 1176 588", "1 Sound 0-1 @4704/2352")]
    public void Tracks_lie_on_the_disc_as_the_toc_file_says(string text, string expected)
    {
        var layout = Sheets.Toc(text, out var log, ("a", 1000 * 2352));
        Assert.Null(log.Fatal);
        Assert.Equal(expected, Sheets.Describe(layout));
    }

    [Theory]
    [InlineData("", "no track")]
    [InlineData("TRACK MODE7 ZERO 0:0:1", "no kind of track")]
    [InlineData("TRACK MODE1 DATAFILE \"a", "no closing quotation mark")]
    [InlineData("TRACK MODE1 DATAFILE a", "name of a file is missing")]
    [InlineData("TRACK MODE1 DATAFILE \"b\" 0:1:0", "not beside the sheet")]
    [InlineData("TRACK MODE1 ZERO x", "no length")]
    [InlineData("TRACK MODE1 ZERO 9999:0:0 ZERO 9999:0:0 ZERO 9999:0:0", "no disc has sectors")]
    [InlineData("TRACK MODE1 DATAFILE \"a\" #99999999999999", "no place in a file")]
    [InlineData("TRACK AUDIO CD_TEXT { {", "has no end")]
    [InlineData("TRACK AUDIO FIFO \"/dev/zero\" 0:1:0", "another program")]
    [InlineData("HELLO", "no statement")]
    public void A_toc_file_that_can_not_be_followed_says_why(string text, string why)
    {
        Sheets.Toc(text, out var log, ("a", 1000 * 2352));
        Assert.NotNull(log.Fatal);
        Assert.Contains(why, log.Fatal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_tracks_are_too_many_for_a_toc_file()
    {
        Sheets.Toc(string.Concat(Enumerable.Repeat("TRACK AUDIO SILENCE 0:4:0\n", 99)), out var log);
        Assert.Null(log.Fatal);
        Sheets.Toc(string.Concat(Enumerable.Repeat("TRACK AUDIO SILENCE 0:4:0\n", 100)), out log);
        Assert.Equal("line 100: a disc has at most 99 tracks", log.Fatal?.ToString());
    }

    [Theory]
    [InlineData(400, "s1 1 Sound 0-300 @0/2352; s2 2 Mode2 11700-11800 @705600/2352")]
    [InlineData(11_800, "s1 1 Sound 0-300 @0/2352; s2 2 Mode2 11700-11800 @27518400/2352")]
    public void CloneCd_keeps_sessions_without_what_lies_between_them_unless_the_image_is_as_long_as_the_disc(int sectors, string tracks)
    {
        var text = Points((1, 0xA2, 0, 300), (1, 1, 0, 0), (2, 0xA2, 0, 11_800), (2, 2, 4, 11_700)) + "[TRACK 2]\nMODE=2\nINDEX 1=11700\n";
        var layout = Sheets.CloneCd(text, out var log, sectors * 2352L);
        Assert.Null(log.Fatal);
        Assert.Equal(tracks, Sheets.Describe(layout));
    }

    [Theory]
    [InlineData("[Disc]\nDataTracksScrambled=1\n", "scrambled")]
    [InlineData("[Entry 9]\nSession=1\nPoint=0x02\nControl=4\nPLBA=-70\n", "ends at -70")]
    public void CloneCd_that_can_not_be_followed_says_why(string more, string why)
    {
        Sheets.CloneCd(Points((1, 0xA2, 0, 300), (1, 1, 4, 0)) + more, out var log, 300 * 2352);
        Assert.NotNull(log.Fatal);
        Assert.Contains(why, log.Fatal.ToString(), StringComparison.Ordinal);
    }

    private static string Points(params (int Session, int Point, int Control, int Sector)[] points) => string.Concat(points.Select((point, index) =>
        $"[Entry {index}]\nSession={point.Session}\nPoint=0x{point.Point:x2}\nADR=0x01\nControl=0x{point.Control:x2}\nPLBA={point.Sector}\n"));
}
