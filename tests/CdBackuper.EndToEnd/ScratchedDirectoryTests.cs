using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 4: one bad sector in a directory, then a good copy.</summary>
public sealed class ScratchedDirectoryTests
{
    private const string Folder = "album-2";

    [Fact]
    public void A_bad_directory_sector_costs_only_the_names_in_it_and_a_good_copy_brings_them_back()
    {
        using var bench = new Bench();
        var disc = ThreeAlbums(bench, seed: 401, "-R");

        ImportWithBadDirectorySector(bench, disc).Expect(3);

        var missing = disc.Hashes.Keys.Except(bench.OnlyDisc.Hashes.Keys).ToList();
        Assert.InRange(missing.Count, 1, 30);
        Assert.All(missing, file => Assert.StartsWith(Folder, file, StringComparison.Ordinal));
        AGoodCopyMustRepair(bench, disc);
    }

    [Fact]
    public void With_a_second_tree_every_name_is_known_and_none_is_called_perfect_wrongly()
    {
        using var bench = new Bench();
        var disc = ThreeAlbums(bench, seed: 402, "-R -J -joliet-long");

        var json = ImportWithBadDirectorySector(bench, disc).Expect(3).Json;

        var found = bench.OnlyDisc.Hashes;
        Assert.All(disc.Hashes.Keys, file => Assert.True(json.Files().ContainsKey(file), $"{file} is not accounted for"));
        Assert.All(json.FilesThatAre("perfect"), file => Assert.Equal(disc.Hashes[file], found[file]));
        Assert.All(json.FilesThatAre("lost"), file => Assert.StartsWith(Folder, file, StringComparison.Ordinal));
        AGoodCopyMustRepair(bench, disc);
    }

    private static DiscImage ThreeAlbums(Bench bench, int seed, string trees)
    {
        var files = new SourceFiles(seed);
        foreach (var album in Enumerable.Range(1, 3))
        {
            files.Add(Enumerable.Range(1, 60).Select(number => $"album-{album}/a long name for a picture number {number:D3}.jpg"), 3000);
        }

        var disc = DiscImage.Make(bench.Folder["disc.iso"], "ALBUMS", files, trees);
        Assert.True(disc[Folder].SectorCount >= 3, "the directory has sectors of its own");
        return disc;
    }

    private static ToolResult ImportWithBadDirectorySector(Bench bench, DiscImage disc)
    {
        var bad = disc[Folder].Sector + 1;
        var map = new Scratches(disc).OnSector(bad).WriteMap(bench.Folder["bad.map"]);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, map);

        var result = bench.Node("node-a").Import(drive.Path, "--json").Expect(3);

        Assert.Equal(("partial", "damaged"), (result.Json.Text("status"), result.Json.Text("condition")));
        Assert.Contains(result.Json["flaws"]!.AsArray(), flaw => flaw!["sector"] is { } sector && sector.GetValue<long>() == bad);
        Assert.True(bench.OnlyDisc.HasImage);
        Assert.All(bench.OnlyDisc.Hashes, file => Assert.Equal(disc.Hashes[file.Key], file.Value));
        bench.OnlyDisc.ManifestMustHold();
        return result;
    }

    private static void AGoodCopyMustRepair(Bench bench, DiscImage disc)
    {
        var before = bench.OnlyDisc.Inodes();

        var json = bench.Node("node-b").Import(disc.Path, "--json").Expect(0).Json;

        Assert.Equal("whole", json.Text("condition"));
        Assert.Equal(disc.Hashes.Keys, json.FilesThatAre("perfect"));
        bench.OnlyDisc.MustHoldAllOf(disc);
        var after = bench.OnlyDisc.Inodes();
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
    }
}
