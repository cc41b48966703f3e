using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using CdBackuper.Tests.Sectors.Raw;

namespace CdBackuper.Tests.Images;

/// <summary>Images without description, and headers that know better than a description.</summary>
public sealed class BareSheetTests
{
    [Theory]
    [InlineData(2352)]
    [InlineData(2448)]
    [InlineData(2368)]
    public void Whole_sectors_are_known_by_their_syncs_and_placed_by_their_headers(int stride)
    {
        var bytes = Image(stride, (0, 1, 40));
        var image = Open(bytes, out _);
        Assert.Equal($"1 Mode1 0-40 @0/{stride}", Sheets.Describe(image.Layout));
        var user = new byte[40 * Sector.Size];
        Assert.True(image.Sectors.TryRead(0, user));
        Assert.Equal(User(39), user[(39 * Sector.Size)..]);
    }

    [Fact]
    public void Sound_between_and_sessions_are_told_apart()
    {
        // 400 sectors of data, 700 of sound, then a second session
        byte[] bytes = [.. Image(2352, (0, 1, 400)), .. Noise(700), .. Image(2352, (12_500, 2, 350))];
        var image = Open(bytes, out _);
        Assert.Equal(
            "s1 1 Mode1 0-400 @0/2352; s1 2 Sound 400-1100 @940800/2352; s2 3 Mode2 12500-12850 @2587200/2352", Sheets.Describe(image.Layout));
    }

    [Fact]
    public void The_pause_before_the_first_sector_may_be_in_the_image()
    {
        var image = Open(Image(2352, (-150, 1, 300)), out _);
        Assert.Equal("1 Mode1 0-150 @352800/2352", Sheets.Describe(image.Layout));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 20)]
    [InlineData(75, 1)]
    [InlineData(140, 30)]
    [InlineData(590, 10)]
    public void Damage_parts_no_track(int first, int count)
    {
        var bytes = Image(2352, (0, 1, 600));
        bytes.AsSpan(first * 2352, count * 2352).Clear();
        var image = Open(bytes, out _);
        Assert.Equal("1 Mode1 0-600 @0/2352", Sheets.Describe(image.Layout with
        {
            // at the end it may be taken for a pause
            Tracks = [image.Layout.Tracks[0] with { End = Math.Max(image.Layout.Tracks[0].End, first + count == 600 ? 600 : 0) }],
        }));
    }

    [Fact]
    public void A_plain_image_is_left_alone()
    {
        Assert.Null(BareSheet.TryRead(new MemoryBytes(new byte[300 * 2048]), new()));
        Assert.Null(BareSheet.TryRead(new MemoryBytes(Noise(300)), new()));
        Assert.Null(BareSheet.TryRead(new MemoryBytes([]), new()));
    }

    [Fact]
    public void A_scrambled_image_is_known_and_refused()
    {
        var bytes = Image(2352, (0, 1, 40));
        for (var sector = 0; sector < 40; sector++)
        {
            // Annex B, the part that covers the header
            bytes[(sector * 2352) + 12] ^= 0x01;
            bytes[(sector * 2352) + 13] ^= 0x80;
            bytes[(sector * 2352) + 15] ^= 0x60;
        }

        var log = new SheetLog();
        BareSheet.TryRead(new MemoryBytes(bytes), log);
        Assert.Contains("scrambled", log.Fatal?.Text ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_without_sessions_is_corrected_by_the_headers()
    {
        var (sound, data) = (Noise(300), Image(2352, (11_700, 1, 100)));
        var log = new SheetLog();
        var layout = LayoutAnchor.Apply(
            Sheets.Cue(
                "FILE a BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nFILE b BINARY\nTRACK 02 MODE1/2352\nINDEX 01 00:00:00", out _, ("a", sound.Length), ("b", data.Length)),
            [new MemoryBytes(sound), new MemoryBytes(data)],
            log);
        Assert.Equal("s1 1 Sound 0-300 @0/2352; s2 2 Mode1 11700-11800 @0/2352 f1", Sheets.Describe(layout));
        Assert.Contains("from 11700 on, not 300", Assert.Single(log.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sector_with_the_address_of_another_is_not_taken()
    {
        var bytes = Image(2352, (0, 1, 100));
        bytes.AsSpan(30 * 2352, 2352).CopyTo(bytes.AsSpan(31 * 2352));
        var sectors = Open(bytes, out _).Sectors;
        Assert.True(sectors.TryRead(30, new byte[Sector.Size]));
        Assert.False(sectors.TryRead(31, new byte[Sector.Size]));
        Assert.False(sectors.TryRead(0, new byte[100 * Sector.Size]));
        Assert.Equal(1, sectors.Log.Count(SectorState.Misplaced));
    }

    [Fact]
    public void A_track_made_without_check_sums_is_taken_as_it_is()
    {
        var bytes = Image(2352, (0, 1, 100));
        for (var sector = 0; sector < 100; sector++)
        {
            bytes.AsSpan((sector * 2352) + 2064, 288).Clear();
        }

        var sectors = Open(bytes, out _).Sectors;
        var user = new byte[100 * Sector.Size];
        Assert.True(sectors.TryRead(0, user));
        Assert.Equal(User(77), user.AsSpan(77 * Sector.Size, Sector.Size).ToArray());
        Assert.Equal(100, sectors.Log.Count(SectorState.Unchecked));
    }

    [Fact]
    public void One_sector_without_check_sums_among_others_is_not_taken()
    {
        var bytes = Image(2352, (0, 1, 100));
        bytes.AsSpan((50 * 2352) + 2064, 288).Clear();
        Assert.False(Open(bytes, out _).Sectors.TryRead(50, new byte[Sector.Size]));
    }

    [Theory]
    [InlineData(0)] // all of it, as rippers leave what they could not read
    [InlineData(16)] // all but sync and header
    public void A_sector_of_zeros_in_a_track_of_Mode_2_is_not_taken(int from)
    {
        var bytes = Image(2352, (0, 2, 100));
        bytes.AsSpan((50 * 2352) + from, 2352 - from).Clear();
        var sectors = Open(bytes, out _).Sectors;
        Assert.False(sectors.TryRead(50, new byte[Sector.Size]));
        Assert.True(sectors.TryRead(51, new byte[Sector.Size]));
    }

    [Fact]
    public void Where_no_sector_says_what_it_is_zeros_are_data()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).SelectMany(number => RawSectorWriter.Form1(number == 50 ? new byte[Sector.Size] : User(number % 3), number, subMode: 0))];
        Assert.True(Open(bytes, out _).Sectors.TryRead(50, new byte[Sector.Size]));
    }

    [Fact]
    public void The_headers_tell_the_mode_whatever_the_sheet_says()
    {
        byte[] bytes = [.. Image(2352, (0, 2, 20)), .. RawSectorWriter.Form2(new byte[2324], 20)];
        var log = new SheetLog();
        var sheet = CdBackuper.Media.Images.Cue.CueSheet.Read("FILE \"a\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n"u8, log);
        Assert.True(RawImage.Lay(sheet, [new MemoryBytes(bytes)], log).Sectors.Form2.IsForm2(20));
    }

    [Fact]
    public void An_image_that_begins_with_sound_or_with_a_hole_is_known_as_well()
    {
        byte[] bytes = [.. Noise(400), .. Image(2352, (400, 1, 350))];
        Assert.Equal("1 Sound 0-400 @0/2352; 2 Mode1 400-750 @940800/2352", Sheets.Describe(Open(bytes, out _).Layout));
        bytes = Image(2352, (0, 1, 400));
        bytes.AsSpan(20 * 2352, 44 * 2352).Clear();
        Assert.Equal("1 Mode1 0-400 @0/2352", Sheets.Describe(Open(bytes, out _).Layout));
    }

    [Fact]
    public void What_the_file_does_not_give_is_unreadable_and_no_more()
    {
        var bytes = Image(2352, (0, 1, 100));
        var file = new MemoryBytes(bytes, place => place == 40 * 2352);
        var log = new SheetLog();
        var sectors = RawImage.Lay(BareSheet.TryRead(file, log)!, [file], log).Sectors;
        var unread = Enumerable.Range(0, 100).Where(sector => !sectors.TryRead(sector, new byte[Sector.Size]));
        Assert.Equal([40], unread);
        Assert.False(sectors.TryRead(-1, new byte[Sector.Size]));
        Assert.False(sectors.TryRead(100, new byte[Sector.Size]));
        Assert.False(sectors.TryRead(long.MaxValue, new byte[2 * Sector.Size]));
    }

    private static RawImage Open(byte[] bytes, out SheetLog log)
    {
        log = new();
        var file = new MemoryBytes(bytes);
        var sheet = BareSheet.TryRead(file, log);
        Assert.NotNull(sheet);
        return RawImage.Lay(sheet, [file], log);
    }

    private static byte[] Image(int stride, params (long Address, int Mode, int Count)[] parts)
    {
        var bytes = new List<byte>();
        foreach (var (address, mode, count) in parts)
        {
            for (var index = 0; index < count; index++)
            {
                bytes.AddRange(mode == 1 ? Cheap(address + index) : RawSectorWriter.Form1(User(index % 3), address + index));
                bytes.AddRange(new byte[stride - 2352]);
            }
        }

        return [.. bytes];
    }

    private static byte[] Cheap(long address) => RawSectorWriter.Mode1(User((int)Math.Abs(address)), address);

    private static byte[] User(int seed)
    {
        var user = new byte[Sector.Size];
        user.AsSpan().Fill((byte)(seed + 1));
        user[seed % 2000] = 0x77;
        return user;
    }

    private static byte[] Noise(int sectors)
    {
        var bytes = new byte[sectors * 2352];
        new Random(9).NextBytes(bytes);
        return bytes;
    }
}
