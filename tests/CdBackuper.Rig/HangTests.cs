using System.Diagnostics;
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

    [Fact(Skip = "removing a drive of rig-mmc while it is read may crash the guest's kernel (target_submission), and with it all other cases")]
    public void A_drive_that_is_unplugged_and_comes_back_under_another_name_goes_on_with_its_disc()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(73);
        var links = $"/run/{bench.Name}";
        var first = bench.NewDrive();
        Machine.Guest($"mkdir {links}; ln -s {first.Path} {links}/first");
        var watch = bench.Node().StartWatch($"{links}/*").MustSay("Watching");
        first.Push(disc.Path, "--slow", "600-1500", "--delay", "1");
        watch.MustSay("Now reading the disc");
        Until.True(() => first.State.Number("sectors") > 700, 60, () => $"reading: {first.State}");

        first.Unplug(also: $"rm {links}/first");
        watch.MustSay("is gone");
        watch.MustSay("resumed|go on|unplugged");
        Drive again;
        do
        {
            again = bench.NewDrive();
        }
        while (again.Path == first.Path);
        again.Push(disc.Path);
        Machine.Guest($"ln -s {again.Path} {links}/again");
        watch.MustSay($"{again.Name}\\].* All 14 files are perfect");

        Assert.Equal(0, watch.Stop().ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
