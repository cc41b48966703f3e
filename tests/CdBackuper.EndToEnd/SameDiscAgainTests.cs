using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 2: a disc that is already whole is proven to be the same, and nothing else happens to it.</summary>
public sealed class SameDiscAgainTests
{
    [Fact]
    public void A_whole_disc_that_comes_again_is_recognised_and_nothing_is_touched()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 201);
        var spy = new RescueSpy(bench.Folder);
        bench.Node().With("PATH", spy.SearchPath).Import(disc.Path).Expect(0);
        var reads = spy.CallsOn(disc.Path);
        var folder = bench.OnlyDisc;
        var (inodes, map) = (folder.Inodes(), File.ReadAllText(folder["ddrescue.mapfile"]));

        var again = bench.Node("node-b").With("PATH", spy.SearchPath).Import(disc.Path).Expect(0);

        Assert.Contains("DUPLICATE DETECTED", again.All, StringComparison.Ordinal);
        Assert.Equal(folder.Path, bench.OnlyDisc.Path);
        Assert.Equal(inodes, folder.Inodes());
        Assert.Equal(map, File.ReadAllText(folder["ddrescue.mapfile"]));
        Assert.NotEmpty(reads);
        Assert.Equal(reads, spy.CallsOn(disc.Path));
        Assert.Equal(2, folder.Attempts.Count);
        Assert.StartsWith("attempts/0002-node-b-", folder.Attempts[1], StringComparison.Ordinal);
        Assert.True(folder.Status["is_retry"]!.GetValue<bool>());
        Assert.Equal("success", folder.Status.Text("status"));
        Assert.Equal("whole", folder.Status.Text("condition"));
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void The_second_time_is_said_in_JSON_too()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 202);
        bench.Node().Import(disc.Path).Expect(0);

        var result = bench.Node("node-b").Import(disc.CopyTo(bench.Folder["copy.iso"]), "--json").Expect(0);

        var json = result.Json;
        Assert.Contains($"whole in the archive already: {disc.Hashes.Count} files. {json.Text("next")}", result.Error, StringComparison.Ordinal);
        Assert.True(json["isRetry"]!.GetValue<bool>());
        Assert.Equal(json.Text("next"), bench.OnlyDisc.Status.Text("next"));
        Assert.Contains($"{disc.Hashes.Count} files (sectors were compared and are the same).", File.ReadAllText(bench.OnlyDisc[bench.OnlyDisc.Attempts[^1]]), StringComparison.Ordinal);
        Assert.Equal("0001", json.Text("number"));
        Assert.Equal(["node-a", "node-b"], json["nodes"].Texts().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_number_and_the_label_stay_with_the_disc()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 203);
        bench.Node().Import(disc.Path).Expect(0);
        bench.Node().Run("label", "0001", "Été à la mer", "--archive", bench.Archive).Expect(0);

        var json = bench.Node().Import(disc.Path, "--json").Expect(0).Json;

        Assert.Equal(("0001", "Été à la mer"), (json.Text("number"), json.Text("label")));
    }
}
