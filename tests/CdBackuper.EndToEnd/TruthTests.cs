using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What the program says of damaged discs, against the truth: a slice of <c>bench/run truth</c>.</summary>
public sealed class TruthTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public void On_each_kind_of_damage_and_of_disc_every_word_is_true()
    {
        Assert.SkipUnless(File.Exists("/dev/fuse") && Tool.Exists("nbdfuse"), "nbdfuse (libnbd-bin) or /dev/fuse is missing: no read errors can be made here");
        using var folder = new TempFolder();
        var bench = Path.Combine(Repository.Root, "artifacts/bin/CdBackuper.Bench/release/CdBackuper.Bench");

        using var grid = new RunningProcess(bench, ["truth", folder.Path, Repository.Program, "slice"]);

        var result = grid.WaitForExit(Limit).Expect(0);
        Assert.Contains("12 discs, 48 insertions, 0 wrong verdicts", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_of_which_no_sector_reads_is_said_to_be_unreadable()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 921);
        var map = Mapfile.Write(bench.Folder["bad.map"], disc.Length, Enumerable.Range(0, (int)(disc.Length / 2048)).Select(sector => (long)sector));

        bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(4);

        Assert.Equal("unreadable", bench.OnlyDisc.Status.Text("condition"));
    }

    [Fact]
    public void Where_the_head_is_in_trouble_and_the_end_does_not_read_folders_are_read_first_all_the_same()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 922);
        var sectors = (int)(disc.Length / 2048);
        var map = Mapfile.Write(bench.Folder["bad.map"], disc.Length, Enumerable.Range(60, sectors - 60).Prepend(3).Select(sector => (long)sector));

        bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(3);

        Assert.Equal("damaged", bench.OnlyDisc.Status.Text("condition"));
    }
}
