using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>The kit itself: a test is worth only as much as the disc that it is made with.</summary>
public sealed class KitTests
{
    [Fact]
    public void A_damaged_file_answers_EIO_in_its_bad_sectors_alone()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1);
        var scratches = new Scratches(disc).OnFile("DCIM/IMG_0003.JPG", 3, 9);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, scratches.WriteMap(bench.Folder["map"]));
        var first = disc["DCIM/IMG_0003.JPG"].Sector;

        bool[] read = [.. Enumerable.Range(0, 12).Select(index => CanRead(drive.Path, first + index))];

        Assert.Equal([true, true, true, false, true, true, true, true, true, false, true, true], read);
        Assert.Equal(disc.Length, new FileInfo(drive.Path).Length);
    }

    [Fact]
    public void Ddrescue_finds_the_scratches_of_a_damaged_file()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 2);
        var scratches = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 0, 1, -1).OnFile("readme.txt", 0);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, scratches.WriteMap(bench.Folder["map"]));

        Tool.Output("ddrescue", "-q", "-d", "-b2048", drive.Path, bench.Folder["copy"], bench.Folder["found"]);

        var bad = File.ReadAllLines(bench.Folder["found"]).Where(line => line.EndsWith('-'))
            .Sum(line => Convert.ToInt64(line.Fields(' ')[1], 16) / 2048);
        Assert.Equal(scratches.Count, bad);
    }

    [Fact]
    public void Nothing_is_mounted_or_runs_after_a_damaged_file()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 3);
        using (DamagedFile.Slow(bench.Folder["drive"], disc.Path, "8M"))
        {
        }

        Assert.DoesNotContain(bench.Folder.Path, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(bench.Folder["drive"]).Length);
    }

    [Fact]
    public void A_damaged_file_ends_though_another_mount_namespace_has_a_copy_of_it()
    {
        Assert.SkipUnless(Tool.Run("unshare", "-m", "true").ExitCode == 0, "no right to make a mount namespace here (root has it)");
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 3);
        var drive = DamagedFile.Slow(bench.Folder["drive"], disc.Path, "8M");
        using var other = new RunningProcess("unshare", ["-m", "sh", "-c", "echo ready; exec sleep 60"]);
        Until.True(() => other.Out.Length > 0, 10, () => other.Error);

        drive.Dispose();

        Assert.False(other.HasExited);
    }

    [Fact]
    public void Whoever_waits_for_a_folder_that_stands_still_can_be_killed()
    {
        using var bench = new Bench();
        var path = bench.Folder.NewFolder("front");
        using var folder = new HangingFolder(bench.Folder.NewFolder("behind"), path);
        foreach (var round in Enumerable.Range(1, 10))
        {
            using var writer = new RunningProcess("bash", ["-c", "while :; do echo $1 >\"$0/$1\"; done", path, $"{round}"]);
            Until.True(() => File.Exists(Path.Combine(path, $"{round}")), 10, () => writer.Error);

            folder.Freeze(writer);

            writer.Signal("KILL");
            writer.WaitForExit(TimeSpan.FromSeconds(10));
            folder.Thaw();
        }
    }

    [Fact]
    public void Files_lie_where_the_kit_says()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 4);
        using var image = File.OpenRead(disc.Path);
        foreach (var path in disc.Hashes.Keys.Where(path => disc[path].Size > 0))
        {
            var content = new byte[disc[path].Size];
            image.Position = disc[path].Sector * Mapfile.SectorSize;
            image.ReadExactly(content);
            Assert.Equal(File.ReadAllBytes(disc.SourceOf(path)), content);
        }

        Assert.Equal(14, disc.Hashes.Count);
        Assert.True(disc["DCIM"].Sector > 16);
    }

    [Fact]
    public void The_same_seed_makes_the_same_files()
    {
        using var bench = new Bench();
        Assert.Equal(bench.Photographs(5).Hashes, bench.Photographs(5, name: "again.iso").Hashes);
        Assert.NotEqual(bench.Photographs(5, name: "a.iso").Hashes, bench.Photographs(6, name: "b.iso").Hashes);
    }

    [Fact]
    public void Xorriso_gives_two_different_discs_the_same_UUID()
    {
        using var bench = new Bench();
        var one = DiscImage.MakeWithUuid(bench.Folder["1.iso"], "TWIN", SourceFiles.Photographs(7), "2020010203040500");
        var two = DiscImage.MakeWithUuid(bench.Folder["2.iso"], "TWIN", SourceFiles.Photographs(8), "2020010203040500");
        Assert.Equal("2020-01-02-03-04-05-00", one.Uuid);
        Assert.Equal(one.Uuid, two.Uuid);
        Assert.NotEqual(FileHashes.Of(one.Path), FileHashes.Of(two.Path));
    }

    [Fact]
    public void Lost_ranges_are_merged_and_end_with_the_file()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "X", new SourceFiles(9).Add("a", 5000));
        Assert.Equal([(0, 2048), (4096, 904)], new Scratches(disc).OnFile("a", 0, 2).LostIn("a"));
        Assert.Equal([(2048, 2952)], new Scratches(disc).OnFile("a", 1, -1).LostIn("a"));
    }

    // Directly: through the page cache a bad sector takes its neighbour in the same page along.
    private static bool CanRead(string file, long sector) =>
        Tool.Run("dd", $"if={file}", "of=/dev/null", "bs=2048", "count=1", $"skip={sector}", "iflag=direct", "status=none").ExitCode == 0;
}
