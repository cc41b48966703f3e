using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Equal UUIDs do not mean the same disc.</summary>
public sealed class TwinDiscTests
{
    private const string Uuid = "2020010203040500";

    [Fact]
    public void Two_discs_with_the_same_UUID_and_label_get_two_folders()
    {
        using var bench = new Bench();
        var one = Twin(bench, "1.iso", seed: 801);
        var two = Twin(bench, "2.iso", seed: 802);

        bench.Node().Import(one.Path).Expect(0);
        bench.Node().Import(two.Path).Expect(0);

        Assert.Equal(["2020-01-02-03-04-05-00_TWIN", "2020-01-02-03-04-05-00_TWIN_2"], bench.Discs.Select(disc => disc.Name));
        bench.Discs[0].MustHoldAllOf(one);
        bench.Discs[1].MustHoldAllOf(two);
    }

    [Fact]
    public void A_twin_is_not_rescued_with_the_other_discs_map()
    {
        using var bench = new Bench();
        var one = Twin(bench, "1.iso", seed: 803);
        var two = Twin(bench, "2.iso", seed: 804);
        var map = new Scratches(one).OnFile("readme.txt", 0).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(one.Path, "--simulate-damage", map).Expect(3);
        var hashes = bench.OnlyDisc.Hashes;

        bench.Node().Import(two.Path).Expect(0);

        Assert.Equal(hashes, bench.Discs[0].Hashes);
        bench.Discs[1].MustHoldAllOf(two);
    }

    [Fact]
    public void Each_twin_is_recognised_when_it_comes_again()
    {
        using var bench = new Bench();
        var one = Twin(bench, "1.iso", seed: 805);
        var two = Twin(bench, "2.iso", seed: 806);
        bench.Node().Import(one.Path).Expect(0);
        bench.Node().Import(two.Path).Expect(0);

        var again = bench.Node().Import(two.Path, "--json").Expect(0).Json;

        Assert.True(again["isRetry"]!.GetValue<bool>());
        Assert.Equal("0002", again.Text("number"));
        Assert.Equal(2, bench.Discs.Count);
    }

    [Fact]
    public void Two_folders_of_one_disc_are_told_as_that_and_the_whole_one_ends_the_others_wait()
    {
        using var bench = new Bench();
        var disc = Twin(bench, "1.iso", seed: 807);
        var files = disc.Hashes.Keys.Where(file => disc[file].Size > 0).OrderBy(file => disc[file].Sector).ToArray();
        string Bad(string name, IEnumerable<string> lost) =>
            lost.Aggregate(new Scratches(disc), (scratches, file) => scratches.OnFile(file, [.. Enumerable.Range(0, (int)((disc[file].Size + 2047) / 2048))]))
                .WriteMap(bench.Folder[name]);
        bench.Node().Import(disc.Path, "--simulate-damage", Bad("1.map", files[..(files.Length / 2)])).Expect(3);
        bench.Node().Import(disc.Path, "--simulate-damage", Bad("2.map", files[(files.Length / 2)..])).Expect(3);
        Assert.Equal(2, bench.Discs.Count);

        bench.Node().Import(disc.Path).Expect(0);

        bench.Discs[0].MustHoldAllOf(disc);
        Assert.Equal(bench.Discs[1].Name, Assert.Single(bench.Discs[0].Status["doubles"]!.AsArray())!.ToString());
        Assert.Empty(bench.Node().Run("todo", "--json", "--archive", bench.Archive).Expect(0).Json.AsArray());
    }

    private static DiscImage Twin(Bench bench, string name, int seed) =>
        DiscImage.MakeWithUuid(bench.Folder[name], "TWIN", SourceFiles.Photographs(seed), Uuid);
}
