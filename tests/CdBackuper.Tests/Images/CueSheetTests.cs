using System.Text;
using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Cue;

namespace CdBackuper.Tests.Images;

public sealed class CueSheetTests
{
    [Theory]
    // one file: the last track goes to its end
    [InlineData(
        "FILE a BINARY|TRACK 01 MODE1/2352|INDEX 01 00:00:00|TRACK 02 AUDIO|INDEX 00 00:02:49|INDEX 01 00:04:49",
        600, "1 Mode1 0-199 @0/2352; 2 Sound 349-600 @820848/2352")]
    // PREGAP is on the disc and not in the file
    [InlineData(
        "FILE a BINARY|TRACK 01 MODE1/2352|INDEX 01 00:00:00|TRACK 02 AUDIO|PREGAP 00:02:00|INDEX 01 00:02:49",
        300, "1 Mode1 0-199 @0/2352; 2 Sound 349-450 @468048/2352")]
    // POSTGAP moves what follows
    [InlineData(
        "FILE a BINARY|TRACK 01 MODE1/2352|INDEX 01 00:00:00|POSTGAP 00:02:00|TRACK 02 MODE1/2352|INDEX 01 00:02:00",
        300, "1 Mode1 0-150 @0/2352; 2 Mode1 300-450 @352800/2352")]
    // the pause of 2 s before the first track is no part of any address
    [InlineData("FILE a BINARY|TRACK 01 MODE1/2352|PREGAP 00:02:00|INDEX 01 00:00:00", 100, "1 Mode1 0-100 @0/2352")]
    // further indexes do not part a track
    [InlineData(
        "FILE a BINARY|TRACK 01 MODE1/2352|INDEX 01 00:00:00|INDEX 02 00:00:10|INDEX 99 00:00:50", 100, "1 Mode1 0-100 @0/2352")]
    // blanks, tabs, small letters, quotation marks, unknown commands
    [InlineData("\tfile \"a\"  binary|  track 1 mode2/2352|index  1\t0:0:0|WHATEVER 3", 10, "1 Mode2 0-10 @0/2352")]
    // a DOS program's end of file, and zeros behind the text
    [InlineData("FILE a BINARY|TRACK 01 MODE1/2352|INDEX 01 00:00:00|\u001A\0\0\0", 10, "1 Mode1 0-10 @0/2352")]
    [InlineData("FILE a BINARY|TRACK 05 MODE1/2352|INDEX 01 00:00:00", 10, "5 Mode1 0-10 @0/2352")]
    public void Tracks_lie_on_the_disc_as_the_sheet_says(string sheet, int sectors, string expected)
    {
        var layout = Sheets.Cue(sheet.Replace('|', '\n'), out var log, ("a", sectors * 2352L));
        Assert.Null(log.Fatal);
        Assert.Equal(expected, Sheets.Describe(layout));
    }

    [Fact]
    public void Tracks_of_different_sectors_share_a_file()
    {
        var layout = Sheets.Cue(
            "FILE a BINARY\nTRACK 01 MODE1/2048\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:04:00", out _, ("a", (300 * 2048) + (300 * 2352)));
        Assert.Equal("1 Mode1 0-300 @0/2048; 2 Sound 300-600 @614400/2352", Sheets.Describe(layout));
    }

    [Theory]
    [InlineData("MODE1/2048", 2048, SectorBody.User)]
    [InlineData("MODE2/2048", 2048, SectorBody.User)]
    [InlineData("MODE2/2324", 2324, SectorBody.Form2)]
    [InlineData("MODE2/2336", 2336, SectorBody.FromSubHeader)]
    [InlineData("CDI/2336", 2336, SectorBody.FromSubHeader)]
    [InlineData("MODE2/2352", 2352, SectorBody.Whole)]
    [InlineData("CDI/2352", 2352, SectorBody.Whole)]
    [InlineData("CDG", 2448, SectorBody.Sound)]
    public void Every_kind_of_track_has_its_sectors(string type, int stride, SectorBody body)
    {
        var layout = Sheets.Cue($"FILE a BINARY\nTRACK 01 {type}\nINDEX 01 00:00:00", out _, ("a", 7 * stride));
        var run = Assert.Single(layout.Tracks[0].Runs);
        Assert.Equal((7, stride, body), (run.Count, run.Stride, run.Body));
    }

    [Fact]
    public void Files_follow_one_another_and_a_gap_may_lie_in_the_file_before()
    {
        var layout = Sheets.Cue(
            """
            FILE "one" BINARY
            TRACK 01 MODE1/2352
            INDEX 01 00:00:00
            TRACK 02 AUDIO
            INDEX 00 00:01:00
            FILE "two.wav" WAVE
            INDEX 01 00:00:00
            FILE "three" BINARY
            TRACK 03 MODE2/2352
            INDEX 01 00:00:00
            """,
            out var log,
            ("one", 100 * 2352),
            ("two.wav", 44 + (50 * 2352)),
            ("three", 20 * 2352));
        Assert.Empty(log.Problems);
        Assert.Equal("1 Mode1 0-75 @0/2352; 2 Sound 100-150 @44/2352 f1; 3 Mode2 150-170 @0/2352 f2", Sheets.Describe(layout));
    }

    [Theory]
    [InlineData("REM LEAD-OUT 00:04:00", 11_700)] // its place
    [InlineData("REM LEAD-OUT 01:30:00", 11_700)] // its length
    [InlineData("REM LEAD-OUT 00:05:00", 11_775)] // its place, behind more than the file has
    [InlineData("", 11_700)]
    public void Between_sessions_lie_lead_out_lead_in_and_a_pause(string remark, long start)
    {
        var layout = Sheets.Cue(
            $"REM SESSION 01\nFILE a BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n{remark}\nREM SESSION 02\nFILE b BINARY\nTRACK 02 MODE1/2352\nINDEX 01 00:00:00",
            out _,
            ("a", 300 * 2352),
            ("b", 10 * 2352));
        Assert.Equal($"s1 1 Sound 0-300 @0/2352; s2 2 Mode1 {start}-{start + 10} @0/2352 f1", Sheets.Describe(layout));
        var toc = layout.ToToc()!;
        Assert.Equal((start, start + 10), (toc.LastSessionStart, toc.LeadOutSector));
    }

    [Theory]
    [InlineData("TRACK 01 AUDIO", "before any FILE")]
    [InlineData("FILE a BINARY|INDEX 01 0:0:0", "before any TRACK")]
    [InlineData("FILE a BINARY|TRACK 100 AUDIO|INDEX 01 0:0:0", "line 2: a disc has tracks 1 to 99")]
    [InlineData("FILE a BINARY|TRACK 00 AUDIO|INDEX 01 0:0:0", "tracks 1 to 99")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 100 0:0:0", "line 3: a track has indexes 0 to 99")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 1 0:0:75", "no time")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 1 0:60:0", "no time")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 1 99999999999:0:0", "no time")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 1 -1:0:0", "no time")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO|INDEX 1 0:1:0|TRACK 2 AUDIO|INDEX 1 0:0:0", "before the index above")]
    [InlineData("FILE a BINARY|TRACK 2 AUDIO|INDEX 1 0:0:0|TRACK 2 AUDIO|INDEX 1 0:1:0", "track 2 follows track 2")]
    [InlineData("FILE a BINARY|TRACK 1 MODE9/1|INDEX 1 0:0:0", "no kind of track")]
    [InlineData("FILE a BINARY|TRACK 1 AUDIO", "has no INDEX")]
    [InlineData("FILE \"a BINARY|TRACK 1 AUDIO|INDEX 1 0:0:0", "no closing quotation mark")]
    [InlineData("FILE b BINARY|TRACK 1 MODE1/2352|INDEX 1 0:0:0", "'b' is not beside the sheet")]
    [InlineData("", "no track")]
    [InlineData("*", "no track")]
    public void A_sheet_that_can_not_be_followed_says_why(string sheet, string why)
    {
        Sheets.Cue(sheet.Replace('|', '\n'), out var log, ("a", 1000 * 2352));
        Assert.NotNull(log.Fatal);
        Assert.Contains(why, log.Fatal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_read_in_any_encoding_a_sheet_comes_in()
    {
        const string Text = "FILE \"Größe.bin\" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n";
        byte[][] all =
        [
            Encoding.UTF8.GetBytes(Text),
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)],
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)],
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            Encoding.Latin1.GetBytes(Text),
        ];
        foreach (var bytes in all)
        {
            var log = new SheetLog();
            Assert.Equal(["Größe.bin"], CueSheet.Read(bytes, log).FileNames);
            Assert.Null(log.Fatal);
        }
    }

    [Fact]
    public void A_sheet_longer_than_any_is_not_read()
    {
        var log = new SheetLog();
        CueSheet.Read(new byte[SheetLimits.MaxBytes + 1], log);
        Assert.Contains("longer", log.Fatal!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("../../x.bin", "x.bin")]
    [InlineData(@"\\server\share\x.bin", "x.bin")]
    [InlineData("C:" + @"\Images\x y.bin", "x y.bin")]
    [InlineData("C:x.bin", "x.bin")]
    [InlineData("..", null)]
    [InlineData("a/", null)]
    [InlineData("", null)]
    public void Only_the_last_part_of_a_name_is_looked_for(string name, string? expected) =>
        Assert.Equal(expected, SheetFileName.BaseNameOf(name));
}
