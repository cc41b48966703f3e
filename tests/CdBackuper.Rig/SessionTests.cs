using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>Discs that were burned in several goes, with the gaps between them that no drive reads.</summary>
public sealed class SessionTests
{
    [Fact]
    public void Two_sessions_come_out_whole_and_the_gap_between_them_is_no_damage()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        var drive = bench.NewDrive();
        drive.Insert(new DiscSheet().Session(sessions.First.Path).Session(bench.Folder["second.iso"]).WriteTo(bench, "two.json"));

        bench.Node().Import(drive.Path).Expect(0);

        var folder = bench.OnlyDisc();
        Assert.Equal(sessions.Expected, folder.Hashes);
        Assert.Equal("whole", folder.Status.Text("condition"));
        folder.ManifestMustHold();
    }

    [Fact]
    public void Three_sessions_come_out_whole_with_what_the_later_ones_left_out()
    {
        using var bench = new Bench();
        var (sheet, expected) = MakeThree(bench);
        var drive = bench.NewDrive();
        drive.Insert(sheet.WriteTo(bench, "three.json"));

        bench.Node().Import(drive.Path).Expect(0);

        var folder = bench.OnlyDisc();
        Assert.Equal(expected, folder.Hashes);
        folder.ManifestMustHold();
    }

    [Fact]
    public void A_scratch_in_the_last_of_three_sessions_costs_that_file_alone()
    {
        using var bench = new Bench();
        var (sheet, expected) = MakeThree(bench);
        var drive = bench.NewDrive();
        var place = PlaceOfThird(bench);
        drive.Insert(sheet.Fault("bad", $"{place + 2}-{place + 3}").WriteTo(bench, "three.json"));

        var import = bench.Node().Import(drive.Path).Expect(3);

        Assert.Contains("1 damaged, 0 lost: third.jpg misses 4 KiB", import.All, StringComparison.Ordinal);
        var hashes = bench.OnlyDisc().Hashes;
        Assert.Equal(expected.Where(file => file.Key != "third.jpg"), hashes.Where(file => file.Key != "third.jpg"));
    }

    /// <summary>Each session refers to the earlier ones' sectors for what stays (genisoimage -M), the third leaves a file out.</summary>
    private static (DiscSheet Sheet, SortedDictionary<string, string> Expected) MakeThree(Bench bench)
    {
        var source = bench.Folder.NewFolder("source");
        new SourceFiles(31).Add("first.jpg", 300_000).Add("left-out.txt", 5_000).WriteTo(source);
        Tool.Output("genisoimage", "-quiet", "-R", "-J", "-V", "THREE", "-o", bench.Folder["1.iso"], source);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var leftOut = FileHashes.Of(Path.Combine(source, "left-out.txt"));
        File.Copy(bench.Folder["1.iso"], bench.Folder["so-far.iso"]);
        Grow(bench, "2.iso", 11_400, new SourceFiles(32).Add("second.jpg", 200_000), source, lastStart: 0);
        var secondStart = (new FileInfo(bench.Folder["1.iso"]).Length / 2048) + 11_400;
        File.Delete(Path.Combine(source, "left-out.txt"));
        Grow(bench, "3.iso", 6_900, new SourceFiles(33).Add("third.jpg", 150_000), source, secondStart);
        foreach (var (path, hash) in FileHashes.Below(source))
        {
            expected[path] = hash;
        }

        // genisoimage -M keeps in the new session all that the last one has.
        expected["left-out.txt"] = leftOut;
        return (new DiscSheet().Session("1.iso").Session("2.iso").Session("3.iso"), expected);
    }

    private static void Grow(Bench bench, string name, long gap, SourceFiles files, string source, long lastStart)
    {
        var soFar = bench.Folder["so-far.iso"];
        var start = (new FileInfo(soFar).Length / 2048) + gap;
        files.WriteTo(source);
        Tool.Output(
            "genisoimage", "-quiet", "-R", "-J", "-V", "THREE", "-C", $"{lastStart},{start}", "-M", soFar, "-o", bench.Folder[name], source);
        using var disc = File.OpenWrite(soFar);
        using var session = File.OpenRead(bench.Folder[name]);
        disc.Position = start * 2048;
        session.CopyTo(disc);
    }

    /// <summary>Where the third session's photograph begins: its bytes stand on the disc once.</summary>
    private static long PlaceOfThird(Bench bench)
    {
        var photograph = File.ReadAllBytes(Path.Combine(bench.Folder["source"], "third.jpg")).AsSpan(0, 2048);
        var disc = File.ReadAllBytes(bench.Folder["so-far.iso"]);
        var place = disc.AsSpan().IndexOf(photograph);
        Assert.True(place > 0, "third.jpg is not on the disc");
        return place / 2048;
    }
}
