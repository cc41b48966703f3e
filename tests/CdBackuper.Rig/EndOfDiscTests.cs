using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>The last sectors, of which drives and the kernel tell different things.</summary>
public sealed class EndOfDiscTests
{
    /// <summary>An error so near the end makes sr take what follows for run-out blocks (drivers/scsi/sr.c, sr_done).</summary>
    private const int HiddenSectors = 74;

    [Fact]
    public void What_the_kernel_hides_after_an_error_near_the_end_is_read_all_the_same()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 11, options: "-R -J -no-pad");
        var end = disc.Length / 2048;
        var bad = end - 60;
        var drive = bench.NewDrive();
        drive.Insert(disc.Path, "--bad", $"{bad},{bad + 20}");

        var import = bench.Node().Import(drive.Path).Expect(3);

        var lost = disc.Hashes.Keys.Where(file => bad >= disc[file].Sector && bad < disc[file].Sector + disc[file].SectorCount);
        var file = Assert.Single(lost);
        Assert.True(import.All.Contains($"13 files perfect, 1 damaged, 0 lost: {file} misses 4 KiB", StringComparison.Ordinal), $"{import}");
        Assert.True(int.Parse(Machine.Guest($"blockdev --getsz {drive.Path}")) / 4 < end, "the kernel hid nothing: this test proves nothing");
        Assert.True(end - bad <= HiddenSectors);
        bench.OnlyDisc().MustBeZeroOnlyIn(
            file, disc.SourceOf(file), [((bad - disc[file].Sector) * 2048, 2048), ((bad + 20 - disc[file].Sector) * 2048, 2048)]);
    }

    [Fact]
    public void Run_out_blocks_that_do_not_read_are_no_damage()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 12);
        var drive = bench.NewDrive();
        drive.Insert(new DiscSheet().Session(disc.Path, runOut: 2).WriteTo(bench, "runout.json"));

        bench.Node().Import(drive.Path).Expect(0);

        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    [Fact]
    public void A_disc_is_known_on_drives_that_report_two_sectors_less_and_two_more()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 13);
        var (first, second, third) = (disc["DCIM/IMG_0001.JPG"].Sector, disc["DCIM/IMG_0003.JPG"].Sector, disc["holiday/Ete a la mer 0002.jpg"].Sector);
        var (exact, shorter, longer) = (bench.NewDrive("EXACT"), bench.NewDrive("SHORT"), bench.NewDrive("LONG"));
        DiscSheet Sheet(params long[] bad) => new DiscSheet().Session(disc.Path, runOut: 2).Fault("bad", string.Join(',', bad));
        exact.Insert(Sheet(first, second, third).WriteTo(bench, "exact.json"));
        shorter.Insert(Sheet(second, third).CapacityOff(-2).WriteTo(bench, "short.json"));
        longer.Insert(Sheet(third).CapacityOff(2).WriteTo(bench, "long.json"));

        Assert.Contains("3 damaged", bench.Node().Import(exact.Path).Expect(3).All, StringComparison.Ordinal);
        Assert.Contains("2 damaged", bench.Node().Import(shorter.Path).Expect(3).All, StringComparison.Ordinal);
        Assert.Contains("1 damaged", bench.Node().Import(longer.Path).Expect(3).All, StringComparison.Ordinal);
        exact.Insert(Sheet(first, second).WriteTo(bench, "other.json"));
        bench.Node().Import(exact.Path).Expect(0);

        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
