using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>The main job on true drives: one disc goes in, its files come out, the tray opens.</summary>
public sealed class PlainTests
{
    [Fact]
    public void A_clean_disc_comes_out_whole_and_its_tray_opens()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1);
        var drive = bench.NewDrive();
        var watch = bench.Node().StartWatch(drive.Path).MustSay("Watching");

        drive.Push(disc.Path);
        watch.MustSay("All 14 files are perfect");
        Until.True(() => drive.IsOpen, 30, () => $"an open tray: {drive.State}\n{watch.Said}");

        Assert.Equal(0, watch.Stop().ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    [Fact]
    public void Bad_sectors_are_filled_by_a_good_copy_in_another_drive()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 2);
        var (worn, good) = (bench.NewDrive("WORN"), bench.NewDrive("GOOD"));
        var place = disc["DCIM/IMG_0002.JPG"];
        worn.Insert(disc.Path, "--bad", $"{place.Sector + 3}-{place.Sector + 5}");
        var damaged = bench.Node().Import(worn.Path).Expect(3);
        Assert.Contains("13 files perfect, 1 damaged, 0 lost: DCIM/IMG_0002.JPG misses 6 KiB", damaged.All, StringComparison.Ordinal);
        bench.OnlyDisc().MustBeZeroOnlyIn("DCIM/IMG_0002.JPG", disc.SourceOf("DCIM/IMG_0002.JPG"), [(3 * 2048, 3 * 2048)]);

        good.Insert(disc.CopyTo(bench.Folder["twin.iso"]));
        bench.Node("node-b").Import(good.Path).Expect(0);

        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
