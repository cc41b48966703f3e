using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>A rescue that is interrupted loses nothing: the map and the image stay, and the next import goes on.</summary>
public sealed class InterruptionTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_mid_read_saves_the_map_and_the_next_import_ends_whole(string signal)
    {
        using var bench = new Bench();
        var disc = BigDisc(bench, seed: 701);
        using (var drive = DamagedFile.Slow(bench.Folder["drive"], disc.Path, "8M"))
        using (var import = bench.Node().StartImport(drive.Path))
        {
            WaitUntilItReads(bench, import);
            Assert.Contains("import it again to go on", import.StopWith(signal).Expect(130).Error, StringComparison.Ordinal);
            Assert.Empty(ProcessList.RescuesIn(bench.Folder.Path));
        }

        Assert.True(bench.OnlyDisc.HasImage);
        var rescued = Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+');
        Assert.InRange(rescued, 1, disc.Length - 1);
        Assert.Equal(("partial", "damaged"), (bench.OnlyDisc.Status.Text("status"), bench.OnlyDisc.Status.Text("condition")));
        Assert.Contains("goes on from there", bench.Node().Run("todo", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);

        bench.Node().Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal(2, bench.OnlyDisc.Attempts.Count);
    }

    [Fact]
    public void A_killed_import_leaves_no_ddrescue_and_the_next_one_ends_whole()
    {
        using var bench = new Bench();
        var disc = BigDisc(bench, seed: 702);
        using (var drive = DamagedFile.Slow(bench.Folder["drive"], disc.Path, "8M"))
        using (var import = bench.Node().StartImport(drive.Path))
        {
            WaitUntilItReads(bench, import);
            import.StopWith("KILL");
            Until.True(
                () => ProcessList.RescuesIn(bench.Folder.Path).Count == 0,
                10,
                () => $"ddrescue outlives its master: {string.Join('\n', ProcessList.RescuesIn(bench.Folder.Path))}");
        }

        bench.Node().Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_disc_that_may_have_been_changed_and_is_the_same_is_read_on()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 705);
        bench.Folder.NewFolder("bin");
        var slow = bench.Folder.Write("bin/ddrescue", $"#!/bin/sh\nexec {Tool.Output("sh", "-c", "command -v ddrescue").Trim()} --max-read-rate={disc.Length / 16} \"$@\"\n");
        Tool.Output("chmod", "+x", slow);
        var path = $"{Path.GetDirectoryName(slow)}:{Environment.GetEnvironmentVariable("PATH")}";
        using (new Timer(_ => File.SetLastWriteTimeUtc(disc.Path, TimeProvider.System.GetUtcNow().UtcDateTime), null, TimeSpan.Zero, TimeSpan.FromSeconds(1)))
        {
            bench.Node().With("PATH", path).Import(disc.Path).Expect(0);
        }

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Contains("the disc had to be compared", File.ReadAllText(bench.OnlyDisc[Assert.Single(bench.OnlyDisc.Attempts)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_that_takes_longer_than_its_limit_is_left_resumable()
    {
        using var bench = new Bench();
        var disc = BigDisc(bench, seed: 703);
        using (var drive = DamagedFile.Slow(bench.Folder["drive"], disc.Path, "4M"))
        {
            bench.Node().With("TIMEOUT", "3").Import(drive.Path).Expect(3);
        }

        Assert.True(bench.OnlyDisc.HasImage);
        Assert.Equal("partial", bench.OnlyDisc.Status.Text("status"));
        Assert.InRange(Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+'), 1, disc.Length - 1);

        bench.Node("node-b").Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    /// <summary>Big enough to be caught while a slow drive reads it.</summary>
    internal static DiscImage BigDisc(Bench bench, int seed, string name = "disc.iso", string label = "SLOW") => DiscImage.Make(
        bench.Folder[name], label, new SourceFiles(seed).Add(Enumerable.Range(1, 10).Select(number => $"film/{number:D2}.avi"), 1_000_000));

    internal static void WaitUntilItReads(Bench bench, RunningProcess program)
    {
        Until.True(
            () => program.HasExited || bench.Discs.Any(disc => disc.HasImage && new FileInfo(disc["disc.iso"]).Length > 200_000),
            60,
            () => $"no image grows:\n{program.Out}{program.Error}");
        Assert.False(program.HasExited, $"it ended too early:\n{program.Out}{program.Error}");
    }
}
