using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Sectors.Raw;

namespace CdBackuper.Tests.Linux.Drives;

/// <summary>Sheets with their files as a disc, alone and in a tray.</summary>
public sealed class RawImageFileTests : IDisposable
{
    private const string Cue = "FILE \"disc.bin\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:00:20\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_raw_disc_says_what_it_is()
    {
        Image("disc.bin");
        using var disc = new ImageFile(Text("disc.cue", Cue)).OpenDisc();
        Assert.Equal("disc image (CUE, 2 tracks: 1 data, 1 audio)", disc.Kind);
        Assert.False(disc.HasPlainSectors);
        Assert.False(disc.SupportsDirectReads);
        Assert.Equal((20, 20 * Sector.Size), (disc.SectorCount, disc.LengthBytes));
        Assert.Equal([new TocTrack(1, 0, true), new TocTrack(2, 20, false)], disc.Toc!.Tracks);
        Assert.Equal((40, null), (disc.Toc.LeadOutSector, disc.Toc.LastSessionStart));
        Assert.Empty(disc.Gaps);
        Assert.Empty(disc.Remarks);
        Assert.True(disc.TryRead(19, new byte[Sector.Size]));
        Assert.False(disc.TryRead(20, new byte[Sector.Size]));
        Assert.False(disc.TryRead(-1, new byte[Sector.Size]));
        Assert.Throws<ArgumentException>(() => disc.TryRead(0, new byte[2352]));
    }

    [Fact]
    public void Where_it_has_no_data_is_known()
    {
        folder.File("disc.bin", [.. new byte[20 * 2352], .. Sectors(40, 20)]);
        using var disc = new ImageFile(Text(
            "disc.cue", "FILE disc.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 MODE1/2352\nPREGAP 00:00:20\nINDEX 01 00:00:20\n")).OpenDisc();
        Assert.Equal(ByteSet.Of(ByteRange.OfSectors(0, 40)), disc.Gaps);
        Assert.Equal(60, disc.SectorCount);
    }

    [Fact]
    public void The_sheet_beside_an_image_that_begins_with_sound_describes_it()
    {
        var image = folder.File("disc.bin", [.. new byte[20 * 2352], .. Sectors(20, 20)]);
        Text("disc.cue", "FILE disc.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 MODE1/2352\nINDEX 01 00:00:20\n");
        using var disc = new ImageFile(image).OpenDisc();
        Assert.Equal("disc image (CUE, 2 tracks: 1 data, 1 audio)", disc.Kind);
        Assert.True(disc.TryRead(39, new byte[Sector.Size]));
    }

    [Fact]
    public void A_plain_image_stays_one()
    {
        using var disc = new ImageFile(folder.File("disc.bin", Pattern.OfSectors(50))).OpenDisc();
        Assert.True(disc.HasPlainSectors);
        Assert.Equal(("disc image", null), (disc.Kind, disc.Toc));
        Assert.Empty(disc.Gaps);
        Assert.Empty(disc.Remarks);
    }

    [Theory]
    [InlineData("disc.iso", true)]
    [InlineData("disc.nrg", false)]
    public void What_shows_a_volume_at_its_start_is_plain_whatever_its_end_says_unless_its_name_does(string name, bool isPlain)
    {
        var bytes = Pattern.OfSectors(50);
        "\u0001CD001"u8.CopyTo(bytes.AsSpan(16 * Sector.Size));
        "NER5\0\0\0\0\0\0\0\0"u8.CopyTo(bytes.AsSpan(bytes.Length - 12));
        var image = new ImageFile(folder.File(name, bytes));
        if (isPlain)
        {
            using var disc = image.OpenDisc();
            Assert.True(disc.HasPlainSectors);
        }
        else
        {
            Assert.Equal(DriveFault.NotADisc, Assert.Throws<DriveFaultException>(() => image.OpenDisc()).Fault);
        }
    }

    [Fact]
    public void A_bin_is_read_by_the_sheet_beside_it()
    {
        var image = Image("disc.bin");
        var sheet = Text("disc.cue", Cue);
        using var disc = new ImageFile(image).OpenDisc();
        Assert.Equal(sheet, disc.SourcePath);
        Assert.Equal(2, disc.Toc!.Tracks.Count);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("FILE \"other.bin\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n")]
    public void A_sheet_that_does_not_speak_of_the_bin_is_not_asked(string text)
    {
        var image = Image("disc.bin");
        folder.File("other.bin", [1]);
        Text("disc.cue", text);
        using var disc = new ImageFile(image).OpenDisc();
        Assert.Equal(image, disc.SourcePath);
    }

    [Theory]
    [InlineData("DISC.BIN")]
    [InlineData("Disc.bin")]
    [InlineData("../disc.bin")]
    [InlineData("/nowhere/at/all/disc.bin")]
    [InlineData(@"\\server\share\disc.bin")]
    [InlineData("D:disc.bin")]
    [InlineData("renamed.bin")]
    public void A_file_is_looked_for_beside_the_sheet_alone(string name)
    {
        Image("disc.bin");
        using var disc = new ImageFile(Text("disc.cue", Cue.Replace("disc.bin", name, StringComparison.Ordinal))).OpenDisc();
        Assert.True(disc.TryRead(0, new byte[Sector.Size]));
    }

    [Fact]
    public void The_exact_name_comes_before_one_of_other_case()
    {
        folder.File("Disc.bin", [1, 2, 3]);
        Image("disc.bin");
        using var disc = new ImageFile(Text("sheet.cue", Cue)).OpenDisc();
        Assert.True(disc.TryRead(0, new byte[Sector.Size]));
    }

    [Fact]
    public void What_is_no_regular_file_is_not_opened()
    {
        Directory.CreateDirectory(folder.In("disc.bin"));
        File.CreateSymbolicLink(folder.In("other.bin"), "/dev/zero");
        foreach (var name in (string[])["disc.bin", "other.bin"])
        {
            var drive = new ImageFile(Text("x.cue", Cue.Replace("disc.bin", name, StringComparison.Ordinal)));
            var fault = Assert.Throws<DriveFaultException>(drive.OpenDisc);
            Assert.Equal(DriveFault.NotADisc, fault.Fault);
            Assert.Contains("line 1", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sheet_that_describes_far_more_than_there_is_is_refused()
    {
        folder.File("disc.bin", Sectors(0, 2));
        var sheet = Text("disc.toc", "TRACK MODE1_RAW DATAFILE \"disc.bin\" 9999:0:0\nTRACK AUDIO SILENCE 0:4:0\n");
        var fault = Assert.Throws<DriveFaultException>(new ImageFile(sheet).OpenDisc);
        Assert.Equal(DriveFault.NotADisc, fault.Fault);
        Assert.Contains("its files have 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_sheet_is_an_empty_drive()
    {
        var drive = new ImageFile(folder.In("none.cue"));
        Assert.Equal(DriveState.Empty, drive.ReadState());
        Assert.Equal(DriveFault.DiscGone, Assert.Throws<DriveFaultException>(drive.OpenDisc).Fault);
    }

    [Fact]
    public void A_tray_ejects_a_sheet_with_all_that_belongs_to_it()
    {
        Image("disc.bin");
        Text("disc.cue", Cue);
        Text("disc.toc", "TRACK MODE1_RAW DATAFILE \"disc.bin\"\n");
        folder.File("disc.sub", [1]);
        folder.File("other.iso", Pattern.OfSectors(1));
        var drive = new ImageTray(folder.Path);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        using (var disc = drive.OpenDisc())
        {
            Assert.Equal(folder.In("disc.cue"), disc.SourcePath);
        }

        drive.Eject();

        Assert.Equal(["disc.bin", "disc.cue", "disc.sub", "disc.toc"], Names("ejected"));
        Assert.Equal(["other.iso"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        using var next = drive.OpenDisc();
        Assert.Equal(folder.In("other.iso"), next.SourcePath);
    }

    [Theory]
    [InlineData("FILE \"gone.bin\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n", DriveState.NotReady)]
    [InlineData("FILE \"gone.bin\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 soon\n", DriveState.Loaded)]
    [InlineData("nothing of the kind", DriveState.Loaded)]
    public void A_tray_waits_for_the_files_of_a_sheet_only_where_they_would_help(string sheet, DriveState state)
    {
        Text("disc.cue", sheet);
        Assert.Equal(state, new ImageTray(folder.Path).ReadState());
    }

    [Fact]
    public void Where_a_name_is_taken_all_files_go_to_a_folder_of_their_own()
    {
        for (var count = 0; count < 3; count++)
        {
            Image("disc.bin");
            Text("disc.cue", Cue);
            new ImageTray(folder.Path).Eject();
        }

        Assert.Equal(["disc.bin", "disc.cue"], Names("ejected"));
        Assert.Equal(["disc.bin", "disc.cue"], Names("ejected", "disc (2)"));
        Assert.Equal(["disc.bin", "disc.cue"], Names("ejected", "disc (3)"));
    }

    [Fact]
    public void A_sheet_waits_for_its_files_and_at_last_says_what_is_missing()
    {
        var time = new SetTime();
        Text("disc.cue", Cue);
        var drive = new ImageTray(folder.Path, time);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(29);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        var fault = Assert.Throws<DriveFaultException>(drive.OpenDisc);
        Assert.Equal(DriveFault.NotADisc, fault.Fault);
        Assert.Contains("'disc.bin' is not beside the sheet", fault.Message, StringComparison.Ordinal);
        drive.Eject();
        Assert.Equal(["disc.cue"], Names("ejected"));
    }

    [Fact]
    public void A_file_of_a_sheet_that_is_still_being_copied_is_waited_for()
    {
        var time = new SetTime();
        Text("disc.cue", Cue);
        var drive = new ImageTray(folder.Path, time);
        Grow(10, time.Now);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        Assert.True(drive.ReadMediaChanged());
        time.Now += TimeSpan.FromSeconds(1.5);
        Grow(20, time.Now);
        Assert.True(drive.ReadMediaChanged());
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        Assert.False(drive.ReadMediaChanged());
    }

    private void Grow(int sectors, DateTimeOffset modified) =>
        File.SetLastWriteTimeUtc(folder.File("disc.bin", Sectors(0, sectors)), modified.UtcDateTime);

    private string Text(string name, string text) => folder.File(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Image(string name) => folder.File(name, [.. Sectors(0, 20), .. new byte[20 * 2352]]);

    private static byte[] Sectors(long start, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(index => RawSectorWriter.Mode1(new byte[Sector.Size], start + index))];

    private string[] Names(params string[] names) =>
        [.. Directory.GetFiles(folder.In(names)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
