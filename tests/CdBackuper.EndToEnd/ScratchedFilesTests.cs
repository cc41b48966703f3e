using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 3: 40 bad sectors in four files, then a good copy in another drive.</summary>
public sealed class ScratchedFilesTests
{
    [Fact]
    public void Read_errors_of_a_drive_damage_these_files_alone_and_a_good_copy_repairs_them()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 301);
        var scratches = FortySectors(disc);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, scratches.WriteMap(bench.Folder["bad.map"]));

        var result = bench.Node("node-a").Import(drive.Path, "--json");

        MustBeDamagedExactly(bench, disc, scratches, result);
        AGoodCopyMustRepair(bench, disc, scratches);
    }

    [Fact]
    public void Simulated_damage_is_the_same_to_the_archive()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 302);
        var scratches = FortySectors(disc);

        var result = bench.Node("node-a")
            .Import(disc.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["bad.map"]), "--json");

        MustBeDamagedExactly(bench, disc, scratches, result);
        AGoodCopyMustRepair(bench, disc, scratches);
    }

    [Fact]
    public void Two_copies_scratched_in_different_places_make_one_whole_disc()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 303);
        var first = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 1, 2, 3).OnFile("DCIM/IMG_0002.JPG", 0);
        var second = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 5, 6).OnFile("readme.txt", 0);
        bench.Node("node-a").Import(disc.Path, "--simulate-damage", first.WriteMap(bench.Folder["1.map"])).Expect(3);

        bench.Node("node-b").Import(disc.CopyTo(bench.Folder["copy.iso"]), "--simulate-damage", second.WriteMap(bench.Folder["2.map"]))
            .Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void People_are_told_which_files_are_damaged_and_what_to_do()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 304);
        var scratches = new Scratches(disc).OnFile("DCIM/IMG_0004.JPG", 7, 8, 9);
        bench.Node().Import(disc.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["bad.map"])).Expect(3);

        var text = bench.Node().Run("show", "0001", "--archive", bench.Archive).Expect(0).Out;

        var (damaged, intact) = (text.IndexOf("DCIM/IMG_0004.JPG", StringComparison.Ordinal), text.IndexOf("DCIM/IMG_0001.JPG", StringComparison.Ordinal));
        Assert.True(damaged >= 0 && (intact < 0 || damaged < intact), $"damaged files come first:\n{text}");
        Assert.NotEmpty(bench.OnlyDisc.Status.Text("next")!);
        var damage = File.ReadAllText(bench.OnlyDisc["damage.json"]);
        Assert.Contains("DCIM/IMG_0004.JPG", damage, StringComparison.Ordinal);
        Assert.DoesNotContain("DCIM/IMG_0001.JPG", damage, StringComparison.Ordinal);
    }

    private static Scratches FortySectors(DiscImage disc)
    {
        // A run, single ones with good neighbours, the first ones, and the last ones with a file's partial sector.
        var scratches = new Scratches(disc)
            .OnFile("DCIM/IMG_0002.JPG", Enumerable.Range(5, 10))
            .OnFile("DCIM/IMG_0005.JPG", Enumerable.Range(0, 10).Select(index => 3 + (index * 3)))
            .OnFile("holiday/Ete a la mer 0001.jpg", Enumerable.Range(0, 10))
            .OnFile("holiday/Ete a la mer 0004.jpg", Enumerable.Range(-10, 10));
        Assert.Equal(40, scratches.Count);
        return scratches;
    }

    private static void MustBeDamagedExactly(Bench bench, DiscImage disc, Scratches scratches, ToolResult result)
    {
        var json = result.Expect(3).Json;
        Assert.Equal(("partial", "damaged"), (json.Text("status"), json.Text("condition")));
        Assert.Equal("disc.iso", json.Text("image"));
        Assert.Equal(scratches.Files.Order(StringComparer.Ordinal), json.FilesThatAre("damaged"));
        Assert.Equal(disc.Hashes.Keys.Except(scratches.Files), json.FilesThatAre("perfect"));
        Assert.All(scratches.Files, file => Assert.Equal(scratches.LostIn(file), json.Files()[file].Lost()));

        var folder = bench.OnlyDisc;
        Assert.True(folder.HasImage, "the image of a damaged disc is kept");
        Assert.Equal(("partial", "disc.iso"), (folder.Status.Text("status"), folder.Status.Text("iso")));
        Assert.Equal(4, folder.Status["files"]!.Number("damaged"));
        var hashes = folder.Hashes;
        Assert.Equal(disc.Hashes.Keys, hashes.Keys);
        Assert.All(disc.Hashes.Keys.Except(scratches.Files), file => Assert.Equal(disc.Hashes[file], hashes[file]));
        Assert.All(scratches.Files, file => folder.MustBeZeroOnlyIn(file, disc.SourceOf(file), scratches.LostIn(file)));
        folder.ManifestMustHold();
    }

    private static void AGoodCopyMustRepair(Bench bench, DiscImage disc, Scratches scratches)
    {
        var folder = bench.OnlyDisc;
        var before = folder.Inodes();

        var again = bench.Node("node-b").Import(disc.CopyTo(bench.Folder["copy.iso"])).Expect(0);

        Assert.Contains("DUPLICATE DETECTED", again.All, StringComparison.Ordinal);
        Assert.Equal(folder.Path, bench.OnlyDisc.Path);
        folder.MustHoldAllOf(disc);
        var after = folder.Inodes();
        Assert.All(disc.Hashes.Keys.Except(scratches.Files), file => Assert.Equal(before[file], after[file]));
        Assert.Equal(("success", "whole"), (folder.Status.Text("status"), folder.Status.Text("condition")));
        Assert.True(folder.Status["is_retry"]!.GetValue<bool>());
        Assert.Equal(["node-a", "node-b"], folder.Status["retry_nodes"].Texts().Order(StringComparer.Ordinal));
        Assert.Matches(@"^ddrescue-output[.]txt[.]backup-\d{8}-\d{6}$", Assert.Single(folder.Matching("ddrescue-output.txt.backup-*")));
        Assert.False(folder.HasImage, "the image of a whole disc is deleted");
        Assert.Equal(2, folder.Attempts.Count);
    }
}
