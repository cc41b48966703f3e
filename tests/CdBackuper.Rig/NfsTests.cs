using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>The archive on a NAS: a true NFS 4.2 mount in the guest, with its own server.</summary>
[Collection(Nas.Turns)]
public sealed class NfsTests
{
    [Fact]
    public void An_archive_over_NFS_gets_a_damaged_disc_and_its_second_copy()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 81);
        // As the NAS's volume is mounted on a node: REQUIRE_MOUNT asks for a mount at the archive itself.
        Machine.Guest($"mkdir -p {bench.Archive} && mount --bind {bench.Archive} {bench.Archive}");
        var (worn, good) = (bench.NewDrive("WORN"), bench.NewDrive("GOOD"));
        worn.Insert(disc.Path, "--bad", $"{disc["DCIM/IMG_0005.JPG"].Sector + 4}");
        bench.Node().With("REQUIRE_MOUNT", "true").Import(worn.Path).Expect(3);
        good.Insert(disc.Path);

        bench.Node("node-b").With("REQUIRE_MOUNT", "true").Import(good.Path).Expect(0);

        bench.OnlyDisc().MustHoldAllOf(disc);
        Machine.Guest($"umount {bench.Archive}");
    }

    [Fact]
    public void Twins_that_are_put_in_on_two_nodes_at_once_end_in_one_folder_without_a_mixed_byte()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 82);
        var (one, two) = (bench.NewDrive("ONE"), bench.NewDrive("TWO"));
        one.Insert(disc.Path, "--bad", $"{disc["DCIM/IMG_0001.JPG"].Sector + 4}");
        two.Insert(disc.Path, "--bad", $"{disc["holiday/Ete a la mer 0004.jpg"].Sector + 4}");

        var first = bench.Node("node-a").StartImport(one.Path);
        var second = bench.Node("node-b").StartImport(two.Path);
        int[] codes = [first.WaitForExit().ExitCode, second.WaitForExit().ExitCode];

        // Who comes second fills what the first one missed.
        Assert.Equal([0, 3], codes.Order());
        var folder = bench.OnlyDisc();
        folder.MustHoldAllOf(disc);
        Assert.Equal(2, folder.Attempts.Count);
    }

    [Fact]
    public void Four_processes_that_import_one_disc_at_once_end_in_one_whole_folder()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 83);
        var there = $"/scratch/{bench.Name}.iso";
        File.Copy(disc.Path, Path.Combine(Machine.Share, $"{bench.Name}.iso"));
        Machine.Guest($"mv /rig/{bench.Name}.iso {there}");

        var all = Enumerable.Range(1, 4).Select(index => bench.Node($"node-{index}").StartImport(there)).ToArray();

        Assert.All(all, process => process.WaitForExit().Expect(0));
        var folder = bench.OnlyDisc();
        folder.MustHoldAllOf(disc);
        Assert.Equal(4, folder.Attempts.Count);
    }

    [Fact]
    public void A_server_that_stands_still_and_comes_back_costs_nothing()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 84);
        var drive = bench.NewDrive();
        drive.Insert(disc.Path, "--slow", "600-625", "--delay", "1");
        var import = bench.Node().StartImport(drive.Path).MustSay("Now reading the disc");

        Nas.StandStill(TimeSpan.FromSeconds(20), () => Assert.False(import.HasExited, import.Said));

        // The client of NFS asks again a minute or two after the server is back.
        import.WaitForExit(TimeSpan.FromMinutes(6)).Expect(0);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
