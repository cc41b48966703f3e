using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>Drives that give wrong bytes and call them right.</summary>
public sealed class LyingDriveTests
{
    [Fact]
    public void A_drive_that_lies_is_found_out_and_repairs_nothing()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 51);
        var place = disc["DCIM/IMG_0002.JPG"].Sector;
        var (worn, liar, good) = (bench.NewDrive("WORN"), bench.NewDrive("LIAR"), bench.NewDrive("GOOD"));
        worn.Insert(disc.Path, "--bad", $"{place + 10}-{place + 13}");
        bench.Node().Import(worn.Path).Expect(3);
        var before = bench.OnlyDisc();

        liar.Insert(disc.Path, "--lie", $"300-{(disc.Length / 2048) - 152}");
        var lied = bench.Node().Import(liar.Path);

        Assert.Matches("(?i)differ|another disc|other disc|share", lied.All);
        var after = bench.Discs().First(folder => folder.Name == before.Name);
        Assert.Equal(before.Hashes, after.Hashes);

        good.Insert(disc.Path);
        bench.Node().Import(good.Path).Expect(0);
        bench.Discs().First(folder => folder.Name == before.Name).MustHoldAllOf(disc);
    }
}
