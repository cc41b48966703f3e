using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>What drives answer when they cannot read, and when they can't yet.</summary>
public sealed class SenseTests
{
    /// <summary>Linux makes ENODATA of the first, EREMOTEIO of the next five, EIO of the others.</summary>
    private static readonly string[] Senses =
        ["3/11/05", "4/09/00", "4/44/00", "5/20/00", "5/21/00", "5/24/00", "3/02/00", "3/10/00", "5/63/00", "5/64/00", "b/00/00", "2/3a/00"];

    [Fact]
    public void Whatever_a_drive_calls_a_bad_sector_it_costs_that_sector_alone_and_another_drive_fills_it()
    {
        using var bench = new Bench();
        var files = new SourceFiles(41).Add(Senses.Select((_, index) => $"photo{index:D2}.jpg"), 90_000).Add("whole.jpg", 50_000);
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "SENSES", files);
        var bad = Senses.Select((sense, index) => new { sectors = $"{disc[$"photo{index:D2}.jpg"].Sector + 7}", sense });
        var (worn, good) = (bench.NewDrive("WORN"), bench.NewDrive("GOOD"));
        worn.Insert(new DiscSheet().Session(disc.Path).Fault("bad", bad).WriteTo(bench, "senses.json"));

        bench.Node().With("RETRIES", "1").Import(worn.Path).Expect(3);

        var folder = bench.OnlyDisc();
        foreach (var index in Enumerable.Range(0, Senses.Length))
        {
            var file = $"photo{index:D2}.jpg";
            folder.MustBeZeroOnlyIn(file, disc.SourceOf(file), [(7 * 2048, 2048)]);
        }

        Assert.Equal((Senses.Length + 1, 1, Senses.Length), (folder.Status["files"]!.Number("total"), folder.Status["files"]!.Number("perfect"), folder.Status["files"]!.Number("damaged")));

        good.Insert(disc.Path);
        bench.Node().Import(good.Path).Expect(0);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    [Fact]
    public void Sectors_that_read_at_the_second_and_third_try_are_won()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 42);
        var place = disc["DCIM/IMG_0004.JPG"].Sector;
        var drive = bench.NewDrive();
        drive.Insert(
            new DiscSheet().Session(disc.Path).Fault("flaky", new[]
            {
                new { sectors = $"{place + 5},{place + 40}", times = 1 },
                new { sectors = $"{place + 20}", times = 3 },
            }).WriteTo(bench, "flaky.json"));

        bench.Node().Import(drive.Path).Expect(0);

        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    [Fact]
    public void A_drive_that_becomes_ready_late_is_waited_for()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 43);
        var drive = bench.NewDrive();
        drive.Set("spinup", 12);
        var watch = bench.Node().StartWatch(drive.Path).MustSay("Watching");

        drive.Push(disc.Path);
        watch.MustSay("All 14 files are perfect");

        Assert.Equal(0, watch.Stop().ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
        Assert.Single(bench.OnlyDisc().Attempts);
    }
}
