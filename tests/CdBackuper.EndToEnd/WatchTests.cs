using System.Globalization;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 6 and the tray: the running <c>watch</c> with image trays.</summary>
public sealed class WatchTests
{
    private const int Limit = 60;

    [Fact]
    public void Two_discs_in_two_trays_at_once_both_come_out_whole()
    {
        using var bench = new Bench();
        var (left, right) = (bench.Folder.NewFolder("left"), bench.Folder.NewFolder("right"));
        var one = bench.Photographs(601, "ONE", "1.iso");
        var two = bench.Photographs(602, "TWO", "2.iso");
        using var watch = bench.Node().StartWatch(left, right);

        Insert(one.Path, left);
        Insert(two.Path, right);

        WaitForEject(watch, left, "1.iso");
        WaitForEject(watch, right, "2.iso");
        Stop(watch);
        Disc(bench, "ONE").MustHoldAllOf(one);
        Disc(bench, "TWO").MustHoldAllOf(two);
        Assert.Equal(["0001", "0002"], bench.Node().List().Json.AsArray().Select(disc => disc!.Text("number")).Order(StringComparer.Ordinal));
        Assert.All(bench.Discs, disc => Assert.Equal("success", disc.Status.Text("status")));
    }

    [Fact]
    public void A_disc_that_lies_in_the_tray_at_the_start_is_imported()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var disc = bench.Photographs(seed: 603);
        Insert(disc.Path, tray);

        using var watch = bench.Node().StartWatch(tray);

        WaitForEject(watch, tray, "disc.iso");
        Stop(watch);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void Under_nohup_a_closed_terminal_does_not_end_it()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var disc = bench.Photographs(seed: 609);
        using var watch = bench.Node().StartWatchUnderNohup(tray);
        Until.True(() => Said(watch).Contains("Watching tray", StringComparison.Ordinal), Limit, () => Said(watch));

        watch.Signal("HUP");
        Insert(disc.Path, tray);

        WaitForEject(watch, tray, "disc.iso");
        Stop(watch);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void Trays_are_found_by_a_pattern_and_what_was_ejected_is_no_disc()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("trays/one");
        var (first, second) = (bench.Photographs(604, "FIRST", "1.iso"), bench.Photographs(605, "SECOND", "2.iso"));
        using var watch = bench.Node().StartWatch(bench.Folder["trays"], bench.Folder["trays/*"]);

        Insert(first.Path, tray);
        WaitForEject(watch, tray, "1.iso");
        Insert(second.Path, tray);
        WaitForEject(watch, tray, "2.iso");

        Stop(watch);
        Assert.Single(Disc(bench, "FIRST").Attempts);
        Assert.Single(Disc(bench, "SECOND").Attempts);
        Assert.Equal(["1.iso", "2.iso"], Directory.GetFiles(Path.Combine(tray, "ejected")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_second_disc_of_the_same_file_name_does_not_replace_the_first_ejected_one()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var (first, second) = (bench.Photographs(606, "FIRST", "disc.iso"), bench.Photographs(607, "SECOND", "other.iso"));
        using var watch = bench.Node().StartWatch(tray);

        Insert(first.Path, tray);
        WaitForEject(watch, tray, "disc.iso");
        File.Move(second.Path, Path.Combine(tray, "disc.iso"));

        var ejected = Path.Combine(tray, "ejected");
        Until.True(() => Directory.GetFiles(ejected).Length == 2, Limit, () => watch.Error);
        Stop(watch);
        Disc(bench, "SECOND").MustHoldAllOf(second);
    }

    [Fact]
    public void A_disc_that_fails_opens_the_tray_too()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        File.WriteAllBytes(bench.Folder["garbage.iso"], new byte[5 * 2048]);
        Insert(bench.Folder["garbage.iso"], tray);

        using var watch = bench.Node().StartWatch(tray);

        WaitForEject(watch, tray, "garbage.iso");
        Assert.False(watch.HasExited, "a bad disc does not end the watch");
        Stop(watch);
    }

    [Fact]
    public void What_is_not_there_is_named_and_a_tray_that_is_there_is_not()
    {
        using var bench = new Bench();
        var (tray, missing) = (bench.Folder.NewFolder("tray"), bench.Folder["missing"]);

        using var watch = bench.Node().StartWatch(tray, missing);

        Until.True(() => Said(watch).Contains("Watching tray", StringComparison.Ordinal), Limit, () => Said(watch));
        var nothing = Said(watch).Fields('\n').Single(line => line.Contains("Nothing is there at", StringComparison.Ordinal));
        Assert.Contains(missing, nothing, StringComparison.Ordinal);
        Assert.DoesNotContain(tray + " ", nothing + " ", StringComparison.Ordinal);
        Assert.Contains("No CD or DVD drive.", Said(watch), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_watch_does_not_take_the_tray_and_says_who_has_it()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        Insert(bench.Photographs(608, "FIRST", "1.iso").Path, tray);
        using var first = bench.Node().StartWatch(tray);
        WaitForEject(first, tray, "1.iso");

        using var second = bench.Node().StartWatch(tray);

        var holder = first.Pid.ToString(CultureInfo.InvariantCulture);
        Until.True(
            () => Said(second).Contains(holder, StringComparison.Ordinal) && Said(second).Contains(tray, StringComparison.Ordinal),
            20,
            () => $"the second does not name process {holder}:\n{Said(second)}");
    }

    [Fact]
    public void A_tray_is_free_again_when_its_watch_was_killed()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        Insert(bench.Photographs(609, "FIRST", "1.iso").Path, tray);
        using (var first = bench.Node().StartWatch(tray))
        {
            WaitForEject(first, tray, "1.iso");
            first.StopWith("KILL");
        }

        var disc = bench.Photographs(610, "SECOND", "2.iso");
        using var second = bench.Node().StartWatch(tray);
        Insert(disc.Path, tray);

        WaitForEject(second, tray, "2.iso");
        Disc(bench, "SECOND").MustHoldAllOf(disc);
        Stop(second);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_mid_read_leaves_the_tray_shut_and_the_next_start_ends_the_disc_whole(string signal)
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var disc = InterruptionTests.BigDisc(bench, seed: 611);
        using (DamagedFile.Slow(Path.Combine(tray, "slow.iso"), disc.Path, "8M"))
        using (var watch = bench.Node().StartWatch(tray))
        {
            InterruptionTests.WaitUntilItReads(bench, watch);
            Assert.Contains(watch.StopWith(signal).ExitCode, new[] { 0, 130 });
            Assert.Empty(ProcessList.RescuesIn(bench.Folder.Path));
            Assert.True(File.Exists(Path.Combine(tray, "slow.iso")), "the tray stays shut");
        }

        // The same disc, now in a drive that can be ejected: a mount point cannot be moved away.
        File.Delete(Path.Combine(tray, "slow.iso"));
        Insert(disc.Path, tray);
        using var next = bench.Node().StartWatch(tray);
        WaitForEject(next, tray, "disc.iso");
        Stop(next);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal(2, bench.OnlyDisc.Attempts.Count);
    }

    private static void Insert(string image, string tray) => File.Move(image, Path.Combine(tray, Path.GetFileName(image)));

    private static void WaitForEject(RunningProcess watch, string tray, string name)
    {
        var ejected = Path.Combine(tray, "ejected", name);
        string Story() => $"{name} was not ejected:\n{watch.Out}{watch.Error}";
        Until.True(() => File.Exists(ejected) || watch.HasExited, Limit, Story);
        Assert.True(File.Exists(ejected), Story());
    }

    private static string Said(RunningProcess watch) => watch.Out + watch.Error;

    private static DiscFolder Disc(Bench bench, string label) =>
        Assert.Single(bench.Discs, disc => disc.Name.EndsWith("_" + label, StringComparison.Ordinal));

    private static void Stop(RunningProcess watch) => Assert.Contains(watch.StopWith("TERM").ExitCode, new[] { 0, 130 });
}
