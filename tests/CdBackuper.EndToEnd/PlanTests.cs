using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>The order of reading, seen from the calls of the true ddrescue and from the record.</summary>
public sealed class PlanTests
{
    [Fact]
    public void A_clean_disc_is_one_call_of_ddrescue_over_all_of_it()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 901);
        var spy = new RescueSpy(bench.Folder);

        bench.Node().With("PATH", spy.SearchPath).Import(disc.Path).Expect(0);

        var call = Assert.Single(spy.CallsOn(disc.Path));
        Assert.DoesNotContain("domain", call, StringComparison.Ordinal);
        Assert.Equal(["reading the disc"], Passes(bench));
    }

    [Fact]
    public void Small_holes_come_before_large_ones_and_what_nobody_owns_comes_last()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "ORDER", new SourceFiles(902)
            .Add("a/film.avi", 2_000_000).Add("b/IMG_0001.JPG", 300_000).Add("c/IMG_0002.JPG", 300_000).Add("d/letter.doc", 200_000));
        var scratches = new Scratches(disc)
            .OnFile("a/film.avi", Enumerable.Range(100, 300)).OnFile("b/IMG_0001.JPG", 3, 4).OnFile("c/IMG_0002.JPG", 9).OnFile("d/letter.doc", 5)
            .OnSector((disc.Length / 2048) - 1);
        var spy = new RescueSpy(bench.Folder);

        bench.Node().With("PATH", spy.SearchPath).With("RETRIES", "1")
            .Import(disc.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["bad.map"])).Expect(3);

        var passes = Passes(bench);
        int First(string pattern) => passes.FindIndex(pass => System.Text.RegularExpressions.Regex.IsMatch(pass, pattern));
        int[] order =
        [
            First("^reading the disc$"),
            First("^retry 1, reading [0-9] sectors? of [12] damaged photographs?, backwards$"),
            First("^retry 1, reading [0-9] sectors? of 1 damaged document, backwards$"),

            // a piece of the film, which tells that it can't be whole; what else it misses is last of what files miss
            First("^retry 1, reading [0-9] sectors? of 1 damaged file, backwards$"),
            First("^reading [0-9]{3} sectors of 1 damaged file$"),
            First("^retry 1, reading [0-9]{3} sectors of 1 damaged file, backwards$"),
            First("^reading [0-9]+ sectors? that no file owns$"),
        ];
        Assert.True(order[0] == 0 && order.SequenceEqual(order.Order()) && order.Distinct().Count() == order.Length, string.Join('\n', passes));
        Assert.Equal(passes.Count - 1, order[^1]);
        var calls = spy.CallsOn(disc.Path);
        Assert.All(calls.Skip(1), call => Assert.Contains("--domain-mapfile=", call, StringComparison.Ordinal));
        Assert.Equal(passes.Count(pass => pass.EndsWith("backwards", StringComparison.Ordinal)), calls.Count(call => call.Contains("--reverse", StringComparison.Ordinal)));
        Assert.Empty(bench.OnlyDisc.Matching("ddrescue.domain*"));
    }

    [Fact]
    public void Nothing_is_spent_on_what_nobody_owns_where_the_settings_say_so()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 903);
        var scratches = new Scratches(disc).OnSector((disc.Length / 2048) - 1).OnSector((disc.Length / 2048) - 2);
        var map = scratches.WriteMap(bench.Folder["bad.map"]);

        bench.Node().With("UNOWNED_SHARE", "0").Import(disc.Path, "--simulate-damage", map).Expect(0);

        Assert.DoesNotContain(Passes(bench), pass => pass.Contains("no file owns", StringComparison.Ordinal));
        Assert.Contains("all that files and folders need was read", Attempt(bench).Text("reason"), StringComparison.Ordinal);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void The_gap_between_two_sessions_does_not_read_and_the_disc_is_whole()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        var map = Mapfile.Write(bench.Folder["bad.map"], new FileInfo(sessions.Path).Length, sessions.Gap);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], sessions.Path, map);

        bench.Node().Import(drive.Path).Expect(0);

        Assert.Equal(sessions.Expected, bench.OnlyDisc.Hashes);
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
        Assert.Equal((0, 100), (bench.OnlyDisc.Status["ddrescue"]!.Number("read_errors"), bench.OnlyDisc.Status["ddrescue"]!.Number("rescued_pct")));

        // What shares a read with the gap and is nobody's is all that is tried again.
        Assert.All(Passes(bench), pass => Assert.Matches(
            "^(reading the disc|reading folders first.*|reading [0-9]{1,2} sectors? that no file owns|reading [0-9]+ sectors? (of files )?that were passed over.*)$", pass));
    }

    [Fact]
    public void A_last_session_of_which_the_first_drive_reads_nothing_does_not_pass_for_run_out()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        var length = new FileInfo(sessions.Path).Length;
        var behind = Enumerable.Range(0, (int)((length - sessions.First.Length) / 2048)).Select(index => (sessions.First.Length / 2048) + index);
        using (var drive = DamagedFile.WithBadSectors(bench.Folder["poor"], sessions.Path, Mapfile.Write(bench.Folder["poor.map"], length, behind)))
        {
            bench.Node().With("RETRIES", "1").Import(drive.Path).Expect(3);
        }

        Assert.Equal("damaged", bench.OnlyDisc.Status.Text("condition"));
        Assert.Contains("there may be files that are not listed", bench.OnlyDisc.Status.Text("message"), StringComparison.Ordinal);
        Assert.Equal(sessions.First.Hashes, bench.OnlyDisc.Hashes);
        Assert.NotNull(bench.OnlyDisc.Status["iso"]);

        using (var drive = DamagedFile.WithBadSectors(bench.Folder["good"], sessions.Path, Mapfile.Write(bench.Folder["good.map"], length, sessions.Gap)))
        {
            bench.Node().With("RETRIES", "1").Import(drive.Path).Expect(0);
        }

        // A file that the last session changed stands beside the one that was archived before.
        Assert.All(sessions.Expected.Values, hash => Assert.Contains(hash, bench.OnlyDisc.Hashes.Values));
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
    }

    [Fact]
    public void Run_out_blocks_do_not_read_and_the_disc_is_whole()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 904);
        var sectors = disc.Length / 2048;
        using (var longer = File.OpenWrite(disc.Path))
        {
            longer.SetLength((sectors + 2) * 2048);
        }

        var map = Mapfile.Write(bench.Folder["bad.map"], (sectors + 2) * 2048, [sectors, sectors + 1]);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, map);

        bench.Node().Import(drive.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal(("whole", 0), (bench.OnlyDisc.Status.Text("condition"), bench.OnlyDisc.Status["ddrescue"]!.Number("read_errors")));
        Assert.All(Passes(bench).Skip(1), pass => Assert.Matches("^reading [0-9]{1,2} sectors? that no file owns$", pass));
    }

    [Fact]
    public void A_disc_that_is_in_trouble_from_the_start_has_its_folders_read_first()
    {
        using var bench = new Bench();
        var files = new SourceFiles(905).Add(Enumerable.Range(1, 40).Select(number => $"one/two/three/IMG_{number:D4}.JPG"), 60_000);
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "TROUBLE", files);
        var map = new Scratches(disc).OnSector(3).WriteMap(bench.Folder["bad.map"]);
        var spy = new RescueSpy(bench.Folder);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, map);

        bench.Node().With("PATH", spy.SearchPath).Import(drive.Path).Expect(0);

        var passes = Passes(bench);
        Assert.StartsWith("reading folders first", passes[0], StringComparison.Ordinal);
        Assert.Contains("reading the disc", passes);
        Assert.Contains("--domain-mapfile=", spy.CallsOn(drive.Path)[0], StringComparison.Ordinal);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stopped_in_any_pass_it_goes_on_and_ends_as_it_would_have(int pass)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 906);
        var scratches = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", Enumerable.Range(5, 4)).OnFile("readme.txt", 0);
        var map = scratches.WriteMap(bench.Folder["bad.map"]);
        using (var drive = DamagedFile.SlowWithBadSectors(bench.Folder["drive"], disc.Path, map, milliseconds: 300))
        using (var import = bench.Node().StartImport(drive.Path))
        {
            Until.True(() => import.HasExited || bench.Discs.Any(folder => Commands(folder) >= pass), 60, () => $"pass {pass} is not reached:\n{import.Error}");
            import.StopWith("TERM").Expect(130);
        }

        Assert.Equal("interrupted", Attempt(bench)["passes"]!.AsArray()[^1]!.Text("ended"));
        using (var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, map))
        {
            bench.Node("node-b").Import(drive.Path).Expect(3);
        }

        bench.OnlyDisc.MustBeZeroOnlyIn("DCIM/IMG_0002.JPG", disc.SourceOf("DCIM/IMG_0002.JPG"), scratches.LostIn("DCIM/IMG_0002.JPG"));
        Assert.False(bench.OnlyDisc.Hashes.ContainsKey("readme.txt"));
        Assert.All(disc.Hashes.Keys.Except(scratches.Files), file => Assert.Equal(disc.Hashes[file], bench.OnlyDisc.Hashes[file]));
        Assert.Empty(bench.OnlyDisc.Matching("ddrescue.domain*"));
    }

    [Fact]
    public void Another_disc_in_the_tray_between_two_passes_is_noticed_and_nothing_of_it_is_mixed_in()
    {
        using var bench = new Bench();
        var (disc, other) = (bench.Photographs(seed: 907), bench.Photographs(seed: 908, name: "other.iso"));
        var map = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 5, 6).WriteMap(bench.Folder["bad.map"]);
        var spy = new RescueSpy(bench.Folder, $"cp '{disc.Path}' '{bench.Folder["kept.iso"]}'; cp '{other.Path}' '{disc.Path}.new'; mv '{disc.Path}.new' '{disc.Path}'");

        var result = bench.Node().With("PATH", spy.SearchPath).Import(disc.Path, "--simulate-damage", map).Expect(1);

        Assert.Contains("Another disc was put into", result.All, StringComparison.Ordinal);
        Assert.Single(spy.CallsOn(disc.Path));
        Assert.Equal("driveFailed", Attempt(bench).Text("outcome"));

        File.Move(bench.Folder["kept.iso"], disc.Path, overwrite: true);
        bench.Node("node-b").Import(disc.Path).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void The_same_disc_put_in_again_between_two_passes_goes_on()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 909);
        var map = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 5, 6).WriteMap(bench.Folder["bad.map"]);
        var spy = new RescueSpy(bench.Folder, $"cp '{disc.Path}' '{disc.Path}.new'; mv '{disc.Path}.new' '{disc.Path}'");

        bench.Node().With("PATH", spy.SearchPath).Import(disc.Path, "--simulate-damage", map).Expect(3);

        Assert.Equal("damaged", Attempt(bench).Text("outcome"));
        Assert.True(Passes(bench).Count > 2);
    }

    private static int Commands(DiscFolder folder) => !File.Exists(folder["ddrescue-output.txt"])
        ? 0
        : File.ReadLines(folder["ddrescue-output.txt"]).Count(line => line.StartsWith("$ ", StringComparison.Ordinal));

    private static JsonNode Attempt(Bench bench) => JsonNode.Parse(File.ReadAllText(bench.OnlyDisc[bench.OnlyDisc.Attempts[^1]]))!;

    private static List<string> Passes(Bench bench) =>
        [.. Attempt(bench)["passes"]!.AsArray().Select(pass => pass!.Text("what")!)];
}
