using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>A folder that the predecessor script made is taken over when its disc is put in.</summary>
public sealed class PredecessorTests
{
    [Fact]
    public void Files_beyond_doubt_stay_and_corrupt_and_missing_ones_are_repaired()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 951);
        var folder = Predecessor.Import(bench, disc);
        Assert.Equal(disc.Hashes, folder.Hashes);
        Predecessor.Blank(folder, "DCIM/IMG_0002.JPG", 4096, 8192);
        File.Delete(folder["files/DCIM/IMG_0003.JPG"]);
        using (var file = File.OpenWrite(folder["files/DCIM/IMG_0004.JPG"]))
        {
            file.SetLength(100_000);
        }

        File.WriteAllText(folder["files/DCIM/IMG_0005.JPG"], "of another disc, by way of a shared mount point");
        Directory.CreateDirectory(folder["files/previews"]);
        File.WriteAllText(folder["files/previews/IMG_0001.png"], "no file of the disc");
        File.WriteAllText(folder["label.txt"], "Été à la mer\n");
        var (before, status) = (folder.Inodes(), File.ReadAllText(folder["status.json"]));

        var done = bench.Node().Import(disc.Path, "--json").Expect(0);

        Assert.Equal(folder.Path, bench.OnlyDisc.Path);
        folder.MustHoldAllOf(disc);
        var after = folder.Inodes();
        string[] mended = ["DCIM/IMG_0002.JPG", "DCIM/IMG_0003.JPG", "DCIM/IMG_0004.JPG", "DCIM/IMG_0005.JPG"];
        Assert.All(disc.Hashes.Keys.Except(mended), file => Assert.Equal(before[file], after[file]));
        var kept = Assert.Single(folder.Matching("status.json.predecessor-*"));
        Assert.Equal(status, File.ReadAllText(folder[kept]));
        Assert.Equal(("0001", "Été à la mer", "whole"), (done.Json.Text("number"), done.Json.Text("label"), done.Json.Text("condition")));
        Assert.Equal(["old-node", "node-a"], folder.Status["retry_nodes"].Texts());
        var aside = Assert.Single(folder.Matching("set-aside-*"));
        Assert.Equal("no file of the disc", File.ReadAllText(folder[aside + "/previews/IMG_0001.png"]));
        Assert.StartsWith("of another disc", File.ReadAllText(folder[aside + "/DCIM/IMG_0005.JPG"]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["files/previews"]));
        Assert.Single(folder.Matching("ddrescue.mapfile.unused-*"));
        Assert.Empty(folder.Matching("*.new"));

        // The second time it is a disc like any other.
        Assert.Contains("whole in the archive already", bench.Node().Import(disc.Path).Expect(0).All, StringComparison.Ordinal);
        Assert.Single(folder.Matching("status.json.predecessor-*"));
    }

    [Fact]
    public void A_hollow_image_made_by_a_map_that_outlived_the_first_one_is_found_out()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 952);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 3, 4, 5, 6, 7, 8).WriteMap(bench.Folder["bad.map"]);
        Predecessor.Import(bench, disc, bad);
        Predecessor.Import(bench, disc);
        var folder = bench.OnlyDisc;
        var image = new byte[disc.Length];
        var place = (int)disc["DCIM/IMG_0001.JPG"].Sector + 3;
        File.ReadAllBytes(disc.Path).AsSpan(place * 2048, 6 * 2048).CopyTo(image.AsSpan(place * 2048));
        File.WriteAllBytes(folder["disc.iso"], image);
        Assert.Equal(disc.Length, Mapfile.Bytes(folder["ddrescue.mapfile"], '+'));

        bench.Node().Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_map_with_its_image_is_gone_on_with()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 953);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 3).OnFile("readme.txt", 0).WriteMap(bench.Folder["bad.map"]);
        var folder = Predecessor.Import(bench, disc, bad);
        var image = File.ReadAllBytes(disc.Path);
        foreach (var place in new[] { disc["DCIM/IMG_0001.JPG"].Sector + 3, disc["readme.txt"].Sector })
        {
            image.AsSpan((int)place * 2048, 2048).Clear();
        }

        File.WriteAllBytes(folder["disc.iso"], image);
        var second = new Scratches(disc).OnFile("DCIM/IMG_0006.JPG", 0, 1, 2).WriteMap(bench.Folder["second.map"]);

        // What the drive does not read now, the old image has.
        bench.Node().Import(disc.Path, "--simulate-damage", second).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Empty(folder.Matching("ddrescue.mapfile.unused-*"));
        Assert.Equal((disc.Length / 2048) - 3, JsonNode.Parse(File.ReadAllText(folder[Assert.Single(folder.Attempts)]))!.Number("sectorsWon"));
    }

    [Fact]
    public void What_the_image_has_of_another_disc_is_read_anew()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 961);
        var folder = Predecessor.Import(bench, disc);
        var image = File.ReadAllBytes(disc.Path);

        // Between those of 64 sectors by which the disc is recognised.
        var step = image.Length / 2048 / 64;
        Assert.True(step > 4);
        new Random(1).NextBytes(image.AsSpan(((step * 20) + 2) * 2048, 2048));
        image.AsSpan(((step * 30) + 2) * 2048, 2048).Clear();
        File.WriteAllBytes(folder["disc.iso"], image);
        var before = folder.Inodes();

        bench.Node().Import(disc.Path).Expect(0);

        folder.MustHoldAllOf(disc);
        Assert.Equal(before, folder.Inodes());
    }

    [Fact]
    public void An_image_whose_map_is_lost_is_not_written_over_by_another_disc()
    {
        using var bench = new Bench();
        const string Uuid = "2020010203040500";
        var one = DiscImage.MakeWithUuid(bench.Folder["1.iso"], "TWIN", SourceFiles.Photographs(962), Uuid);
        var two = DiscImage.MakeWithUuid(bench.Folder["2.iso"], "TWIN", SourceFiles.Photographs(963), Uuid);
        var folder = Predecessor.Import(bench, one);
        File.Copy(one.Path, folder["disc.iso"], overwrite: true);
        File.WriteAllText(folder["ddrescue.mapfile"], "");
        Directory.Delete(folder["files"], recursive: true);

        bench.Node().Import(two.Path).Expect(0);

        Assert.Equal(2, bench.Discs.Count);
        Assert.Equal(File.ReadAllBytes(one.Path), File.ReadAllBytes(folder["disc.iso"]));
    }

    [Fact]
    public void Discs_of_a_series_that_share_their_programs_are_told_apart_by_the_rest()
    {
        using var bench = new Bench();
        const string Uuid = "2020010203040500";
        DiscImage Disc(string name, int seed)
        {
            var files = new SourceFiles(970).Add("VIEWER/VIEW.EXE", 300_000).Add("VIEWER/SETUP.EXE", 200_000).Add("README.TXT", 5_000);
            foreach (var number in Enumerable.Range(seed, 5))
            {
                var content = new byte[100_000 + (seed * 7)];
                new Random(number).NextBytes(content);
                files.Add($"PHOTOS/P{number}.JPG", content);
            }

            return DiscImage.MakeWithUuid(bench.Folder[name], "PHOTOCD", files, Uuid);
        }

        var (one, two) = (Disc("1.iso", 100), Disc("2.iso", 200));
        var folder = Predecessor.Import(bench, one);

        bench.Node().Import(two.Path).Expect(0);

        Assert.Equal(one.Hashes, folder.Hashes);
        Assert.Equal(2, bench.Discs.Count);
    }

    [Theory]
    [InlineData(5000)] // cut off before what the disc does not read now
    [InlineData(0)]
    public void An_adopted_file_that_was_cut_off_is_not_perfect_before_the_disc_gives_the_rest(int length)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 964);
        var folder = Predecessor.Import(bench, disc);
        using (var file = File.OpenWrite(folder["files/DCIM/IMG_0004.JPG"]))
        {
            file.SetLength(length);
        }

        bench.Node().Run("adopt", "--archive", bench.Archive);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0004.JPG", 10, 11).WriteMap(bench.Folder["bad.map"]);

        var done = bench.Node().Import(disc.Path, "--simulate-damage", bad, "--json").Expect(3);

        Assert.Equal([(10 * 2048, 2 * 2048)], done.Json.Files()["DCIM/IMG_0004.JPG"].Lost());
        bench.Node("node-b").Import(disc.Path).Expect(0);
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void What_only_the_predecessor_read_is_kept_and_called_unverified()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 954);
        var folder = Predecessor.Import(bench, disc);
        Predecessor.Blank(folder, "DCIM/IMG_0002.JPG", 4096, 4096);
        var before = folder.Inodes();
        var scratches = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 5, 6).OnFile("DCIM/IMG_0002.JPG", 2, 10).OnFile("readme.txt", 0);

        var done = bench.Node().Import(disc.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["bad.map"]), "--json").Expect(3);

        Assert.Equal(["DCIM/IMG_0001.JPG", "readme.txt"], done.Json.FilesThatAre("unverified"));
        Assert.Equal(["DCIM/IMG_0002.JPG"], done.Json.FilesThatAre("damaged"));
        Assert.Equal([(4096, 2048)], done.Json.Files()["DCIM/IMG_0002.JPG"].Lost());
        Assert.Contains("2 unverified", done.Json.Text("message"), StringComparison.Ordinal);
        folder.MustBeZeroOnlyIn("DCIM/IMG_0002.JPG", disc.SourceOf("DCIM/IMG_0002.JPG"), [(4096, 2048)]);
        Assert.Equal(before["DCIM/IMG_0001.JPG"], folder.Inodes()["DCIM/IMG_0001.JPG"]);
        Assert.Equal(disc.Hashes["readme.txt"], folder.Hashes["readme.txt"]);
        folder.ManifestMustHold();

        // A drive that reads it proves it.
        bench.Node("node-b").Import(disc.Path).Expect(0);
        folder.MustHoldAllOf(disc);
        Assert.Equal(before["DCIM/IMG_0001.JPG"], folder.Inodes()["DCIM/IMG_0001.JPG"]);
    }

    [Fact]
    public void What_is_no_file_of_the_disc_is_set_aside_though_the_first_attempt_could_not_tell()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["rr.iso"], "PHOTOS", SourceFiles.Photographs(971), "-R");
        var folder = Predecessor.Import(bench, disc);
        Directory.CreateDirectory(folder["files/mine"]);
        File.WriteAllText(folder["files/mine/notes.txt"], "a person's own");
        var before = folder.Inodes();
        var bad = new Scratches(disc).OnSector(disc["DCIM"].Sector).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", bad).Expect(3);
        Assert.Equal(before, folder.Inodes());

        bench.Node("node-b").Import(disc.Path).Expect(0);

        folder.MustHoldAllOf(disc);
        var aside = Assert.Single(folder.Matching("set-aside-*"));
        Assert.Equal("a person's own", File.ReadAllText(folder[aside + "/mine/notes.txt"]));
    }

    [Fact]
    public void What_may_be_the_discs_by_a_name_that_was_not_read_is_listed_as_unverified()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["rr.iso"], "PHOTOS", SourceFiles.Photographs(973), "-R");
        var folder = Predecessor.Import(bench, disc);
        File.WriteAllText(folder["files/notes.txt"], "a person's own");
        var bad = new Scratches(disc).OnSector(disc["DCIM"].Sector).WriteMap(bench.Folder["bad.map"]);

        var done = bench.Node().Import(disc.Path, "--simulate-damage", bad, "--json").Expect(3);

        string[] unnamed = ["notes.txt", .. disc.Hashes.Keys.Where(file => file.StartsWith("DCIM/", StringComparison.Ordinal))];
        Assert.Equal(unnamed.Order(StringComparer.Ordinal), done.Json.FilesThatAre("unverified").Order(StringComparer.Ordinal));
        folder.ManifestMustHold();

        // Another attempt that reads no more knows no less.
        var again = bench.Node().Import(disc.Path, "--simulate-damage", bad, "--json").Expect(3);
        Assert.Equal(unnamed.Length, again.Json.FilesThatAre("unverified").Count);
        bench.Node("node-b").Import(disc.Path).Expect(0);
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void Of_a_lost_file_the_zeros_that_the_predecessor_left_are_set_aside()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 972);
        var folder = Predecessor.Import(bench, disc);
        Predecessor.Blank(folder, "readme.txt", 0, 1234);
        var bad = new Scratches(disc).OnFile("readme.txt", 0).WriteMap(bench.Folder["bad.map"]);

        var done = bench.Node().Import(disc.Path, "--simulate-damage", bad, "--json").Expect(3);

        Assert.Equal(["readme.txt"], done.Json.FilesThatAre("lost"));
        Assert.False(File.Exists(folder["files/readme.txt"]));
        Assert.True(File.Exists(folder[Assert.Single(folder.Matching("set-aside-*")) + "/readme.txt"]));
        folder.ManifestMustHold();
        bench.Node("node-b").Import(disc.Path).Expect(0);
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void Names_in_other_case_are_the_same_files()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["plain.iso"], "PLAIN", new SourceFiles(955).Add("DCIM/IMG_1.JPG", 60_000).Add("DCIM/IMG_2.JPG", 70_000), "-l");
        var folder = Predecessor.Import(bench, disc);
        Directory.Move(folder["files/DCIM"], folder["files/dcim"]);
        File.Move(folder["files/dcim/IMG_1.JPG"], folder["files/dcim/img_1.jpg"]);
        var inode = folder.Inodes()["dcim/img_1.jpg"];

        bench.Node().Import(disc.Path).Expect(0);

        Assert.Equal(disc.Hashes, folder.Hashes);
        Assert.Equal(inode, folder.Inodes()["DCIM/IMG_1.JPG"]);
        Assert.Empty(folder.Matching("set-aside-*"));
        Assert.Equal(["files/DCIM"], folder.Matching("files/*"));
    }

    [Fact]
    public void Another_disc_with_the_same_UUID_does_not_get_the_folder()
    {
        using var bench = new Bench();
        const string Uuid = "2020010203040500";
        var one = DiscImage.MakeWithUuid(bench.Folder["1.iso"], "TWIN", SourceFiles.Photographs(956), Uuid);
        var two = DiscImage.MakeWithUuid(bench.Folder["2.iso"], "TWIN", SourceFiles.Photographs(957), Uuid);
        var folder = Predecessor.Import(bench, one);
        var (before, status) = (folder.Inodes(), File.ReadAllText(folder["status.json"]));

        bench.Node().Import(two.Path).Expect(0);

        Assert.Equal(2, bench.Discs.Count);
        Assert.Equal(before, folder.Inodes());
        Assert.Equal(status, File.ReadAllText(folder["status.json"]));
        bench.Node().Import(one.Path).Expect(0);
        folder.MustHoldAllOf(one);
        Assert.Equal(before, folder.Inodes());
    }
}
