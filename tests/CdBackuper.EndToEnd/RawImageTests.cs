using CdBackuper.EndToEnd.Kit;
using CdBackuper.Tests.Images;

namespace CdBackuper.EndToEnd;

/// <summary>Images of whole sectors: described by a sheet, by a table, or by nothing.</summary>
public sealed class RawImageTests
{
    private const string NotRipped = "which this version does not read.";

    [Fact]
    public void A_cue_sheet_of_data_and_sound_comes_out_whole_and_the_sound_is_named()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var data = RawImages.Wrap(disc);
        bench.Folder.Write("Mixed.BIN", [.. data, .. RawImages.Sound(750)]);
        var end = data.Length / RawImages.SectorSize;
        var cue = bench.Folder.Write(
            "mixed.cue",
            $"FILE \"mixed.bin\" BINARY\n  TRACK 01 MODE1/2352\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 00 {RawImages.Time(end)}\n"
            + $"    INDEX 01 {RawImages.Time(end + 150)}\n  TRACK 03 AUDIO\n    INDEX 01 {RawImages.Time(end + 450)}\n");

        var result = bench.Node().Import(cue).Expect(0);

        Assert.Contains($"Tracks 2 and 3 are sound, {NotRipped}", result.Out, StringComparison.Ordinal);
        bench.OnlyDisc.MustHoldAllOf(disc);
        var status = bench.OnlyDisc.Status;
        Assert.Equal(("success", "whole", "100", "0"), (
            status.Text("status"), status.Text("condition"), status["ddrescue"]!["rescued_pct"]!.ToString(), status["ddrescue"]!["read_errors"]!.ToString()));
        Assert.Equal("disc image (CUE, 3 tracks: 1 data, 2 audio)", Attempt(bench).Text("medium"));
        Assert.Equal(new FileInfo(disc.Path).Length, Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+'));

        bench.Node().Import(cue).Expect(0);
        Assert.Equal("alreadyWhole", Attempt(bench, 1).Text("outcome"));
    }

    [Fact]
    public void Each_track_may_have_a_file_of_its_own_with_gaps_between()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        bench.Folder.Write("1.bin", RawImages.Wrap(disc, mode: 2));
        bench.Folder.Write("2.bin", RawImages.Sound(300));
        var cue = bench.Folder.Write(
            "disc.cue",
            "FILE 1.bin BINARY\nTRACK 01 MODE2/2352\nINDEX 01 00:00:00\nFILE 2.bin BINARY\nTRACK 02 AUDIO\nPREGAP 00:02:00\nINDEX 01 00:00:00\n"
            + "FILE missing.wav WAVE\nTRACK 03 AUDIO\nINDEX 01 00:00:00\n");

        bench.Node().Import(cue).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Contains("'missing.wav' is not beside the sheet", Attempt(bench)["remarks"]!.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void CloneCd_and_cdrdao_images_come_out_whole()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var data = RawImages.Wrap(disc);
        var end = data.Length / RawImages.SectorSize;
        bench.Folder.Write("clone.img", [.. data, .. RawImages.Sound(450)]);
        string point(int number, int point, int control, int sector) =>
            $"[Entry {number}]\nSession=1\nPoint=0x{point:x2}\nADR=0x01\nControl=0x{control:x2}\nPLBA={sector}\n";
        var ccd = bench.Folder.Write("clone.ccd", "[CloneCD]\nVersion=3\n" + point(0, 0xA2, 0, end + 450) + point(1, 1, 4, 0) + point(2, 2, 0, end + 150));
        bench.Folder.Write("data.bin", [.. new byte[1000], .. File.ReadAllBytes(disc.Path)]);
        var toc = bench.Folder.Write(
            "disc.toc", $"CD_ROM\nTRACK MODE1\nDATAFILE \"data.bin\" #1000 {RawImages.Time(end)} // cooked\nTRACK AUDIO\nPREGAP 0:2:0\nSILENCE 0:4:0\n");

        bench.Node().Import(ccd).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
        // the same disc from another description
        bench.Node().Import(toc).Expect(0);
        Assert.Equal("alreadyWhole", Attempt(bench, 1).Text("outcome"));

        using var other = new Bench();
        other.Node().Import(toc).Expect(0);
        other.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void The_second_session_of_a_CD_Extra_lies_in_the_image_where_it_lay_on_the_disc()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        const long Start = 300 + 11_400;
        bench.Folder.Write("1.bin", RawImages.Sound(300));
        bench.Folder.Write("2.bin", RawImages.Wrap(disc, mode: 2, Start));
        var cue = bench.Folder.Write(
            "extra.cue",
            "REM SESSION 01\nFILE 1.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nREM SESSION 02\nFILE 2.bin BINARY\nTRACK 02 MODE2/2352\nINDEX 01 00:00:00\n");

        bench.Node().Import(cue, "--keep-image");

        Assert.Equal("disc image (CUE, 2 sessions, 2 tracks: 1 data, 1 audio)", Attempt(bench).Text("medium"));
        using var image = File.OpenRead(bench.OnlyDisc["disc.iso"]);
        var session = new byte[disc.Length];
        image.Position = Start * 2048;
        image.ReadExactly(session);
        Assert.Equal(File.ReadAllBytes(disc.Path), session);
        Assert.Equal(image.Length, image.Position);
        Assert.Equal(disc.Length, Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+'));
        Assert.Equal(Start * 2048, Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '?'));
        Assert.Equal(("100", "0"), (
            bench.OnlyDisc.Status["ddrescue"]!["rescued_pct"]!.ToString(), bench.OnlyDisc.Status["ddrescue"]!["read_errors"]!.ToString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Nero_image_comes_out_whole(bool isNew)
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var raw = new NeroImage(isNew).Track(RawImages.Sound(300), 1, 7, 2352, 0).Track(RawImages.Wrap(disc), 2, 5, 2352, 0).AtOnce();
        var plain = new NeroImage(isNew).Track(File.ReadAllBytes(disc.Path), 1, 0, 2048, 0).TrackByTrack();

        bench.Node().Import(bench.Folder.Write("plain.nrg", plain.ToBytes())).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("disc image (NRG, 1 track: data)", Attempt(bench).Text("medium"));
        using var other = new Bench();
        // both tracks claim sector 0: the data is read from where it is
        other.Node().Import(other.Folder.Write("raw.nrg", raw.ToBytes())).Expect(0);
        other.OnlyDisc.MustHoldAllOf(disc);
    }

    [Theory]
    [InlineData("disc.bin", 1, 2352)]
    [InlineData("disc.iso", 2, 2352)]
    [InlineData("disc.img", 1, 2448)]
    [InlineData("disc.raw", 2, 2336)]
    public void An_image_without_description_tells_by_itself_what_it_is(string name, int mode, int stride)
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench, "plain");
        var raw = RawImages.Wrap(disc, mode);
        var path = bench.Folder.Write(name, [.. Enumerable.Range(0, raw.Length / RawImages.SectorSize).SelectMany(sector =>
        {
            var whole = raw[(sector * RawImages.SectorSize)..((sector + 1) * RawImages.SectorSize)];
            return stride == 2336 ? whole[16..] : [.. whole, .. new byte[stride - whole.Length]];
        })]);

        bench.Node().Import(path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal($"disc image (raw, {stride} bytes a sector, 1 track: data)", Attempt(bench).Text("medium"));
    }

    [Fact]
    public void Wrong_sectors_are_put_right_where_they_can_be_and_missed_where_not()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var raw = RawImages.Wrap(disc);
        var (scratched, lost) = (disc["a.jpg"].Sector + 2, disc["b.jpg"].Sector + 5);
        raw.AsSpan((int)(scratched * RawImages.SectorSize) + 100, 60).Clear();
        raw.AsSpan((int)(lost * RawImages.SectorSize) + 16, 1500).Clear();
        bench.Folder.Write("disc.bin", raw);
        var cue = bench.Folder.Write("disc.cue", "FILE disc.bin BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n");

        var result = bench.Node().Import(cue).Expect(3);

        Assert.Contains("b.jpg misses 2 KiB", result.Out, StringComparison.Ordinal);
        bench.OnlyDisc.MustBeZeroOnlyIn("b.jpg", disc.SourceOf("b.jpg"), [(5 * 2048, 2048)]);
        Assert.Equal(disc.Hashes["a.jpg"], bench.OnlyDisc.Hashes["a.jpg"]);
        var remarks = Attempt(bench)["remarks"]!.ToJsonString();
        Assert.Contains($"1 sector was wrong and was put right by its ECC: {scratched}", remarks, StringComparison.Ordinal);
        Assert.Contains($"put right: {lost}", remarks, StringComparison.Ordinal);
        Assert.Equal(2048, Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '-'));
        Assert.Contains("1 sector was wrong", File.ReadAllText(bench.OnlyDisc["ddrescue-output.txt"]), StringComparison.Ordinal);

        // a better copy of the image arrives
        bench.Folder.Write("disc.bin", RawImages.Wrap(disc));
        bench.Node().Import(cue).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("1", Attempt(bench, 1)["sectorsWon"]!.ToString());
    }

    [Fact]
    public void The_map_of_a_raw_image_is_one_that_ddrescue_goes_on_from()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var raw = RawImages.Wrap(disc);
        var lost = disc["b.jpg"].Sector;
        raw.AsSpan((int)(lost * RawImages.SectorSize)).Slice(0, RawImages.SectorSize).Fill(0x55);
        bench.Node().Import(bench.Folder.Write("disc.bin", raw)).Expect(3);

        // the disc itself, in a drive of plain sectors
        bench.Node("node-b").Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("1", Attempt(bench, 1)["sectorsWon"]!.ToString());
    }

    [Fact]
    public void An_interrupted_import_goes_on_where_it_was()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench, "plain", sizes: 600_000);
        var raw = bench.Folder.Write("source", RawImages.Wrap(disc));
        var cue = bench.Folder.Write("disc.cue", "FILE disc.bin BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n");
        using (DamagedFile.Slow(bench.Folder["disc.bin"], raw, "3M"))
        using (var import = bench.Node().StartImport(cue))
        {
            Until.True(
                () => import.HasExited || bench.Discs.Any(found => found.HasImage && Tool.Output("stat", "-c", "%b", found["disc.iso"]).Trim() is not "0"),
                60,
                () => $"no image grows:\n{import.Out}{import.Error}");
            import.StopWith("INT").Expect(130);
        }

        var rescued = Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+');
        Assert.InRange(rescued, 1, disc.Length - 1);
        File.Delete(bench.Folder["disc.bin"]);
        File.Copy(raw, bench.Folder["disc.bin"]);

        bench.Node().Import(cue).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal(((disc.Length - rescued) / 2048).ToString(System.Globalization.CultureInfo.InvariantCulture), Attempt(bench, 1)["sectorsWon"]!.ToString());
    }

    [Fact]
    public void A_full_archive_stops_the_import_which_goes_on_when_there_is_room()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        bench.Folder.Write("disc.bin", RawImages.Wrap(disc));
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().RunAmongMounts(
            """
            mount -t tmpfs -o "size=1m" none "$2"
            if "$1" import "$3" --archive "$2"; then
              echo "a full archive is no success" >&2
              exit 9
            fi
            mount -o remount,size=64m "$2"
            "$1" import "$3" --archive "$2"
            cp -a "$2" "$2.copy"
            """,
            bench.Folder["disc.bin"]).Expect(0);

        Assert.Contains("space", result.Error, StringComparison.OrdinalIgnoreCase);
        new DiscFolder(Directory.EnumerateDirectories(bench.Archive + ".copy").Single(path => !Path.GetFileName(path).StartsWith('.'))).MustHoldAllOf(disc);
    }

    [Fact]
    public void A_disc_of_sound_alone_is_not_archived_and_said_to_be_one()
    {
        using var bench = new Bench();
        bench.Folder.Write("disc.bin", RawImages.Sound(300));
        var cue = bench.Folder.Write("disc.cue", "FILE disc.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n");

        var result = bench.Node().Import(cue).Expect(4);

        Assert.Contains("audio disc", result.Error, StringComparison.Ordinal);
        Assert.Empty(bench.Discs);
        File.Delete(bench.Folder["disc.bin"]);
        Assert.Contains("'disc.bin' is not beside the sheet; it holds sound", bench.Node().Import(cue).Expect(4).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FILE \"/etc/passwd\" BINARY\nTRACK 01 MODE1/2048\nINDEX 01 00:00:00\n", "'/etc/passwd' is not beside the sheet", "Put the files that it names beside it")]
    [InlineData("FILE \"../../secret.bin\" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n", "not beside the sheet", "Put the files that it names beside it")]
    [InlineData("FILE x.bin BINARY\nTRACK 100 AUDIO\n", "line 2: a disc has tracks 1 to 99", "Put the sheet right")]
    [InlineData("nothing of the kind", "it names no track", "Put the sheet right")]
    public void A_sheet_that_can_not_be_followed_is_no_disc_image(string sheet, string why, string next)
    {
        using var bench = new Bench();
        File.WriteAllBytes(bench.Folder["../secret.bin"], []);
        try
        {
            var path = bench.Folder.Write("disc.cue", sheet);
            ToolResult[] results = [bench.Node().Import(path).Expect(2), bench.Node().Run("show", "--volumes", path).Expect(2)];

            Assert.All(results, result => Assert.Contains(why, result.Error, StringComparison.Ordinal));
            Assert.All(results, result => Assert.Contains(next, result.Error, StringComparison.Ordinal));
            Assert.Empty(bench.Discs);
        }
        finally
        {
            File.Delete(bench.Folder["../secret.bin"]);
        }
    }

    [Fact]
    public void A_tray_takes_a_sheet_and_its_files_for_one_disc_and_goes_past_one_that_is_broken()
    {
        using var bench = new Bench();
        var disc = SmallDisc(bench);
        var tray = bench.Folder.NewFolder("tray");
        File.WriteAllText(Path.Combine(tray, "broken.cue"), "nothing of the kind\n");
        File.WriteAllBytes(Path.Combine(tray, "disc.bin"), RawImages.Wrap(disc));
        File.WriteAllText(Path.Combine(tray, "disc.cue"), "FILE DISC.BIN BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n");
        foreach (var file in Directory.GetFiles(tray))
        {
            // none is still being copied: the second disc has waited for its turn
            File.SetLastWriteTimeUtc(file, SourceFiles.Modified.UtcDateTime);
        }

        using var watch = bench.Node().StartWatch(tray);

        foreach (var name in (string[])["broken.cue", "disc.bin", "disc.cue"])
        {
            var ejected = Path.Combine(tray, "ejected", name);
            Until.True(() => File.Exists(ejected) || watch.HasExited, 60, () => $"{name} was not ejected:\n{watch.Out}{watch.Error}");
        }

        watch.StopWith("TERM").Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Contains("it names no track", watch.Out + watch.Error, StringComparison.Ordinal);
        Assert.Contains("It was ejected: it lies in ejected/ now", watch.Error, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonNode Attempt(Bench bench, int index = 0) =>
        System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(bench.OnlyDisc[bench.OnlyDisc.Attempts[index]]))!;

    private static DiscImage SmallDisc(Bench bench, string name = "plain.iso", int sizes = 30_000) => DiscImage.Make(
        bench.Folder[name], "RAW", new SourceFiles(77).Add("a.jpg", sizes).Add("b.jpg", sizes + 1111).Add("folder/c.txt", 999).Add("empty", 0));
}
