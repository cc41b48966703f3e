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

    [Fact]
    public void A_drive_that_lies_in_a_hundredth_of_the_disc_is_found_out_by_what_another_one_read()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 52);
        var place = disc["DCIM/IMG_0002.JPG"].Sector;
        var (worn, liar) = (bench.NewDrive("WORN"), bench.NewDrive("LIAR"));
        worn.Insert(disc.Path, "--bad", $"{place + 10}-{place + 13}");
        bench.Node().Import(worn.Path).Expect(3);
        var before = bench.OnlyDisc();

        // The sectors that it is to give, and a few between them that it was given before.
        var lies = Enumerable.Range(0, (int)(disc.Length / 2048 / 100)).Select(index => $"{325 + (index * 100)}");
        liar.Insert(disc.Path, "--lie", string.Join(',', lies.Prepend($"{place + 10}-{place + 13}")));
        var lied = bench.Node().Import(liar.Path);

        Assert.Contains("compared sectors hold something else", lied.All, StringComparison.Ordinal);
        Assert.Equal(before.Hashes, bench.Discs().First(folder => folder.Name == before.Name).Hashes);
    }

    [Theory]
    [InlineData("in what it is to repair")]
    [InlineData("all over")]
    public void A_drive_that_reads_differently_each_time_is_told_and_repairs_nothing(string where)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 53);
        var place = disc["DCIM/IMG_0002.JPG"].Sector;
        var (worn, liar, good) = (bench.NewDrive("WORN"), bench.NewDrive("LIAR"), bench.NewDrive("GOOD"));
        worn.Insert(disc.Path, "--bad", $"{place + 10}-{place + 13}");
        bench.Node().Import(worn.Path).Expect(3);
        var before = bench.OnlyDisc();

        liar.Insert(disc.Path, "--waver", where == "all over" ? $"300-{(disc.Length / 2048) - 152}" : $"{place + 10}-{place + 13}");
        var lied = bench.Node().Import(liar.Path);

        Assert.NotEqual(0, lied.ExitCode);
        Assert.Contains("can't be trusted", lied.All, StringComparison.Ordinal);
        Assert.Contains("another drive", lied.All, StringComparison.Ordinal);
        Assert.Equal(before.Hashes, bench.OnlyDisc().Hashes);
        var last = bench.OnlyDisc();
        Assert.Contains("\"driveLies\": true", File.ReadAllText(last[last.Attempts[^1]]), StringComparison.Ordinal);

        good.Insert(disc.Path);
        bench.Node().Import(good.Path).Expect(0);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
