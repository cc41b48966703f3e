using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Nero;

namespace CdBackuper.Tests.Images;

public sealed class NeroSheetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disc_at_once_has_its_tracks_where_its_cue_says(bool isNew)
    {
        var bytes = new NeroImage(isNew).Track(new byte[10 * 2352], 1, 5, 2352, 0).Track(new byte[20 * 2352], 2, 7, 2352, 160).AtOnce().ToBytes();
        Assert.Equal("1 Mode1 0-10 @0/2352; 2 Sound 160-180 @23520/2352", Sheets.Describe(Lay(bytes, out _)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_track_at_once_has_its_address_in_the_table(bool isNew)
    {
        var bytes = new NeroImage(isNew).Track(new byte[10 * 2048], 1, 0, 2048, 0).TrackByTrack().Track(new byte[20 * 2336], 2, 3, 2336, 11_410).TrackByTrack().ToBytes();
        Assert.Equal("s1 1 Mode1 0-10 @0/2048; s2 2 Mode2 11410-11430 @20480/2336", Sheets.Describe(Lay(bytes, out _)));
    }

    [Theory]
    [InlineData(0x00, 2048, SectorBody.User)]
    [InlineData(0x02, 2048, SectorBody.User)]
    [InlineData(0x03, 2336, SectorBody.FromSubHeader)]
    [InlineData(0x05, 2352, SectorBody.Whole)]
    [InlineData(0x06, 2352, SectorBody.Whole)]
    [InlineData(0x0F, 2448, SectorBody.Whole)]
    [InlineData(0x11, 2448, SectorBody.Whole)]
    [InlineData(0x10, 2448, SectorBody.Sound)]
    public void Every_mode_has_its_sectors(int mode, int stride, SectorBody body)
    {
        var run = Lay(new NeroImage(isNew: true).Track(new byte[3 * stride], 1, mode, stride, 0).AtOnce().ToBytes(), out _).Tracks[0].Runs[0];
        Assert.Equal((3, stride, body), (run.Count, run.Stride, run.Body));
    }

    [Theory]
    [InlineData(99, 2048, 0, "mode 99")]
    [InlineData(0, 2352, 0, "sectors of 2352 bytes")]
    [InlineData(0, 2048, 90_000_000, "no disc has sectors")]
    [InlineData(0, 2048, -200, "no disc has sectors")]
    public void A_table_that_can_not_be_followed_says_why(int mode, int sectorSize, long start, string why)
    {
        Lay(new NeroImage(isNew: true).Track(new byte[3 * 2352], 1, mode, sectorSize, start).AtOnce().ToBytes(), out var log);
        Assert.Contains(why, log.Fatal?.Text ?? "nothing is wrong", StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_no_Nero_images()
    {
        Assert.Null(NeroSheet.TryRead(new MemoryBytes([]), new()));
        Assert.Null(NeroSheet.TryRead(new MemoryBytes(new byte[5000]), new()));
        byte[] pastTheEnd = [.. new byte[100], .. "NERO"u8, 0xFF, 0xFF, 0xFF, 0xFF];
        Assert.Null(NeroSheet.TryRead(new MemoryBytes(pastTheEnd), new()));
    }

    [Fact]
    public void A_table_cut_off_or_scrambled_at_any_place_is_read_as_far_as_it_goes()
    {
        var whole = new NeroImage(isNew: true).Track(new byte[10 * 2352], 1, 5, 2352, 0).Track(new byte[20 * 2352], 2, 7, 2352, 160).AtOnce().ToBytes();
        var random = new Random(5);
        for (var place = 30 * 2352; place < whole.Length - 12; place++)
        {
            var broken = whole.ToArray();
            broken[place] = (byte)random.Next(256);
            var log = new SheetLog();
            var layout = NeroSheet.TryRead(new MemoryBytes(broken), log)?.Lay([broken.Length], log);
            Assert.True(layout is not null && layout.Tracks.All(track => track.Start >= 0 && track.End >= track.Start));
        }
    }

    private static ImageLayout Lay(byte[] bytes, out SheetLog log)
    {
        log = new();
        var sheet = NeroSheet.TryRead(new MemoryBytes(bytes), log);
        Assert.NotNull(sheet);
        return sheet.Lay([bytes.Length], log);
    }
}
