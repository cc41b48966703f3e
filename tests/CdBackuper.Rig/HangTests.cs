using System.Diagnostics;
using System.Globalization;
using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>Drives that stop answering, or go away.</summary>
public sealed class HangTests
{
    [Fact]
    public void A_drive_that_hangs_is_named_the_others_go_on_and_the_end_is_not_held_up()
    {
        using var bench = new Bench();
        var (stuck, fine) = (bench.Photographs(71, "STUCK", "stuck.iso"), bench.Photographs(72, "FINE", "fine.iso"));
        var (hung, other) = (bench.NewDrive("HUNG"), bench.NewDrive("FINE"));
        var watch = bench.Node().StartWatch(hung.Path, other.Path).MustSay($"Watching {other.Name}");
        hung.Push(stuck.Path, "--slow", "600-900", "--delay", "1");
        watch.MustSay("Now reading the disc");
        Until.True(() => hung.State.Number("sectors") > 700, 60, () => $"reading: {hung.State}");
        hung.Hang();

        try
        {
            other.Push(fine.Path);
            watch.MustSay($"{other.Name}\\].* All 14 files are perfect");
            watch.MustSay($"{hung.Name}.*does not answer");
            var asked = Stopwatch.StartNew();
            Assert.Equal(0, watch.Stop(90).ExitCode);
            Assert.True(asked.Elapsed < TimeSpan.FromSeconds(80), $"the end took {asked.Elapsed}");
        }
        finally
        {
            hung.GoOn();
        }

        bench.Discs().Single(folder => folder.Name.EndsWith("FINE", StringComparison.Ordinal)).MustHoldAllOf(fine);
        hung.Insert(stuck.Path);
        bench.Node().Import(hung.Path).Expect(0);
        bench.Discs().Single(folder => folder.Name.EndsWith("STUCK", StringComparison.Ordinal)).MustHoldAllOf(stuck);
    }

    [Fact]
    public void A_drive_that_is_unplugged_and_comes_back_under_another_name_goes_on_with_its_disc()
    {
        using var bench = new Bench();
        using var drive = new PluggedDrive();
        var disc = bench.Photographs(73);
        var (links, old) = ($"/run/{bench.Name}", drive.Path);
        Machine.Guest($"mkdir {links}; ln -s {old} {links}/first");
        var watch = bench.Node().StartWatch($"{links}/*").MustSay("Watching");
        drive.Push(disc.Path, speed: 300_000);
        watch.MustSay("Now reading the disc");
        Assert.DoesNotContain("was taken out", watch.Said, StringComparison.Ordinal);
        Until.True(() => Rescued(bench) > 200, 60, () => $"200 sectors: {watch.Said}");

        drive.Unplug(also: $"rm {links}/first");
        watch.MustSay($"{Path.GetFileName(old)} is gone");
        watch.MustSay("put the disc in again to go on");
        while (bench.NewDrive("OTHER").Path != old)
        {
            // Another drive takes the name, as soon as nobody has the old one open.
        }

        drive.Plug();
        Assert.NotEqual(old, drive.Path);
        drive.Push(disc.Path);
        Machine.Guest($"ln -s {drive.Path} {links}/again");
        watch.MustSay($"{drive.Name}\\].* All 14 files are perfect");

        Assert.Equal(0, watch.Stop().ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    /// <returns>How many sectors of the bench's only disc are in its image so far.</returns>
    private static long Rescued(Bench bench) => long.Parse(
        Machine.Guest($"cat {bench.Archive}/*/disc.iso 2>/dev/null | wc -c || true").Trim(), CultureInfo.InvariantCulture) / 2048;
}
