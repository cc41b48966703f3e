using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>Another disc lies in the drive before the first one was through.</summary>
public sealed class SwapTests
{
    [Fact]
    public void A_disc_that_is_swapped_while_it_is_read_leaves_no_byte_of_the_other_and_goes_on_later()
    {
        using var bench = new Bench();
        var (one, two) = Two(bench, 61);
        var drive = bench.NewDrive();
        var watch = bench.Node().StartWatch(drive.Path).MustSay("Watching");
        drive.Push(one.Path, "--slow", "600-900", "--delay", "1");
        watch.MustSay("Now reading the disc");
        Until.True(() => drive.State.Number("sectors") > 700, 60, () => $"reading: {drive.State}");

        drive.Push(two.Path);
        watch.MustSay("Another disc was put into|was taken out").MustSay("All 14 files are perfect");
        Assert.DoesNotContain(bench.Discs(), folder => folder.Name.EndsWith("ONE", StringComparison.Ordinal) && folder.Status.Text("status") == "success");
        drive.Push(one.Path);
        Until.True(() => watch.Said.Split("All 14 files are perfect").Length == 3, 120, () => $"two whole discs:\n{watch.Said}");

        watch.Stop();
        var discs = bench.Discs();
        Assert.Equal(2, discs.Count);
        discs.Single(folder => folder.Name.EndsWith("ONE", StringComparison.Ordinal)).MustHoldAllOf(one);
        discs.Single(folder => folder.Name.EndsWith("TWO", StringComparison.Ordinal)).MustHoldAllOf(two);
    }

    [Fact]
    public void A_disc_that_is_swapped_between_two_passes_is_noticed_before_a_byte_is_written()
    {
        using var bench = new Bench();
        var (one, two) = Two(bench, 63);
        var place = one["DCIM/IMG_0003.JPG"].Sector;
        var drive = bench.NewDrive();
        drive.Insert(one.Path, "--dead", $"{place + 3}", "--delay", "4");
        var import = bench.Node().StartImport(drive.Path).MustSay("Now reading the disc");

        // The program stands still while its ddrescue comes to its end: the next pass begins with another disc in the drive.
        import.Signal("STOP");
        Machine.Guest($"for i in $(seq 200); do pgrep -f 'ddrescue .*{bench.Name}' >/dev/null || break; sleep 0.2; done; ! pgrep -f 'ddrescue .*{bench.Name}'");
        var image = $"{bench.Archive}/*/disc.iso";
        var before = Machine.Guest($"sha256sum {image}; stat -c '%y %b' {image}");
        drive.Push(two.Path);
        import.Signal("CONT");
        var ended = import.WaitForExit().Expect(1);

        Assert.Contains("Another disc was put into", ended.All, StringComparison.Ordinal);
        Assert.Equal(before, Machine.Guest($"sha256sum {image}; stat -c '%y %b' {image}"));
        drive.Push(one.Path);
        Machine.Guest($"for i in $(seq 60); do blockdev --getsz {drive.Path} >/dev/null 2>&1 && break; sleep 0.25; done");
        bench.Node().Import(drive.Path).Expect(0);
        bench.OnlyDisc().MustHoldAllOf(one);
    }

    private static (DiscImage One, DiscImage Two) Two(Bench bench, int seed) =>
        (bench.Photographs(seed, "ONE", "one.iso"), bench.Photographs(seed + 1, "TWO", "two.iso"));
}
