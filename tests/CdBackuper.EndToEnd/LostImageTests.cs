using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 5: the image is gone or changed and its map is still there. The predecessor then made zeros of good files.</summary>
public sealed class LostImageTests
{
    [Fact]
    public void The_same_damaged_disc_again_makes_nothing_worse()
    {
        using var bench = new Bench();
        var (disc, scratches, map) = DamagedImport(bench, seed: 501);
        var (before, hashes) = (bench.OnlyDisc.Inodes(), bench.OnlyDisc.Hashes);
        File.Delete(bench.OnlyDisc["disc.iso"]);

        var json = bench.Node().Import(disc.Path, "--simulate-damage", map, "--json").Expect(3).Json;

        Assert.Equal(scratches.Files, json.FilesThatAre("damaged"));
        Assert.Equal(hashes, bench.OnlyDisc.Hashes);
        var after = bench.OnlyDisc.Inodes();
        Assert.All(disc.Hashes.Keys.Except(scratches.Files), file => Assert.Equal(before[file], after[file]));
        bench.OnlyDisc.ManifestMustHold();
        AGoodCopyMustRepair(bench, disc);
    }

    [Fact]
    public void A_good_copy_makes_everything_whole_and_right()
    {
        using var bench = new Bench();
        var (disc, _, _) = DamagedImport(bench, seed: 502);
        File.Delete(bench.OnlyDisc["disc.iso"]);

        AGoodCopyMustRepair(bench, disc);
    }

    [Fact]
    public void A_shortened_image_is_not_trusted()
    {
        using var bench = new Bench();
        var (disc, _, _) = DamagedImport(bench, seed: 503);
        using (var image = File.OpenWrite(bench.OnlyDisc["disc.iso"]))
        {
            image.SetLength(disc.Length / 2);
        }

        AGoodCopyMustRepair(bench, disc);
    }

    [Fact]
    public void An_image_of_zeros_is_not_trusted()
    {
        using var bench = new Bench();
        var (disc, _, _) = DamagedImport(bench, seed: 504);
        using (var image = File.OpenWrite(bench.OnlyDisc["disc.iso"]))
        {
            image.SetLength(0);
            image.SetLength(disc.Length);
        }

        AGoodCopyMustRepair(bench, disc);
    }

    [Fact]
    public void A_scratch_that_is_worse_than_the_first_time_takes_nothing_away()
    {
        using var bench = new Bench();
        var (disc, scratches, _) = DamagedImport(bench, seed: 505);
        var hashes = bench.OnlyDisc.Hashes;
        var worse = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", Enumerable.Range(0, 40)).OnFile("readme.txt", 0);
        File.Delete(bench.OnlyDisc["disc.iso"]);

        var json = bench.Node().Import(disc.Path, "--simulate-damage", worse.WriteMap(bench.Folder["worse.map"]), "--json").Json;

        Assert.DoesNotContain("readme.txt", json.FilesThatAre("damaged").Concat(json.FilesThatAre("lost")));
        var now = bench.OnlyDisc.Hashes;
        Assert.All(disc.Hashes.Keys.Except(scratches.Files), file => Assert.Equal(disc.Hashes[file], now[file]));
        // IMG_0002 lost sectors 5-14 at first and 0-39 now: nothing was won, and what was read must stay.
        Assert.Equal(hashes["DCIM/IMG_0002.JPG"], now["DCIM/IMG_0002.JPG"]);
    }

    [Theory]
    [InlineData("delete ddrescue.mapfile")]
    [InlineData("cut ddrescue.mapfile")]
    [InlineData("delete disc.iso")]
    [InlineData("cut disc.iso")]
    public void What_is_read_anew_since_map_or_image_were_lost_is_not_won(string loss)
    {
        using var bench = new Bench();
        var (disc, scratches, map) = DamagedImport(bench, seed: 506);
        var lost = bench.OnlyDisc[loss.Split(' ')[1]];
        if (loss.StartsWith("cut", StringComparison.Ordinal))
        {
            using var file = File.OpenWrite(lost);
            file.SetLength(file.Length / 2);
        }
        else
        {
            File.Delete(lost);
        }

        bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(3);
        bench.Node("node-b").Import(disc.Path).Expect(0);

        var won = bench.OnlyDisc.Attempts.Select(path => JsonNode.Parse(File.ReadAllText(bench.OnlyDisc[path]))!.Number("sectorsWon")).ToArray();
        Assert.Equal([0, scratches.Count], won[1..]);
    }

    private static (DiscImage Disc, Scratches Scratches, string Map) DamagedImport(Bench bench, int seed)
    {
        var disc = bench.Photographs(seed);
        var scratches = new Scratches(disc)
            .OnFile("DCIM/IMG_0002.JPG", Enumerable.Range(5, 10)).OnFile("holiday/Ete a la mer 0003.jpg", 0, 50);
        var map = scratches.WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(3);
        Assert.True(bench.OnlyDisc.HasImage);
        return (disc, scratches, map);
    }

    private static void AGoodCopyMustRepair(Bench bench, DiscImage disc)
    {
        bench.Node("node-b").Import(disc.CopyTo(bench.Folder["copy.iso"])).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
    }
}
