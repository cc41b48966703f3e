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

    private static DiscImage Twin(Bench bench, string name, int seed) =>
        DiscImage.MakeWithUuid(bench.Folder[name], "TWIN", SourceFiles.Photographs(seed), Uuid);
}
