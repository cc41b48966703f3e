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

    [Fact]
    public void What_a_crash_left_of_a_disc_is_not_gone_on_with_by_another_of_its_template()
    {
        using var bench = new Bench();
        var one = OfTemplate(bench, "1.iso", seed: 808);
        var two = OfTemplate(bench, "2.iso", seed: 809);
        foreach (var file in two.Hashes.Keys)
        {
            // Descriptors and folders are the first one's.
            Assert.Equal(one[file], two[file]);
        }

        var image = File.ReadAllBytes(one.Path);
        foreach (var file in two.Hashes.Keys)
        {
            File.ReadAllBytes(two.SourceOf(file)).CopyTo(image.AsSpan((int)one[file].Sector * 2048));
        }

        File.WriteAllBytes(two.Path, image);
        using (var drive = DamagedFile.Slow(bench.Folder["drive"], one.Path, "8M"))
        using (var import = bench.Node().StartImport(drive.Path))
        {
            Until.True(
                () => bench.Discs.Any(disc => disc.HasImage && new FileInfo(disc["disc.iso"]).Length > one.Length / 2), 60, () => $"no image grows:\n{import.Error}");
            import.StopWith("TERM").Expect(130);
        }

        // What the last pass read was not taken over yet when its master was killed.
        var left = bench.OnlyDisc[".incoming-000001-00000000000000000000000000000000"];
        Directory.CreateDirectory(left);
        File.Move(bench.OnlyDisc["ddrescue.mapfile"], System.IO.Path.Combine(left, "ddrescue.mapfile"));

        bench.Node("node-b").Import(two.Path).Expect(0);
        bench.Node().Import(one.Path).Expect(0);

        bench.Discs[0].MustHoldAllOf(one);
        bench.Discs[1].MustHoldAllOf(two);
        Assert.Equal(2, bench.Discs.Count);
    }

    /// <summary>Discs that are alike but for photographs, programs lie where they have no descriptors.</summary>
    private static DiscImage OfTemplate(Bench bench, string name, int seed)
    {
        var program = new byte[1_200_000];
        new Random(1).NextBytes(program);
        var files = new SourceFiles(seed).Add("AUTORUN.EXE", program);
        foreach (var number in Enumerable.Range(1, 15))
        {
            files.Add($"PHOTOS/P{number:D2}.JPG", 200_000);
        }

        return DiscImage.MakeWithUuid(bench.Folder[name], "PHOTOCD", files, Uuid);
    }

    private static DiscImage Twin(Bench bench, string name, int seed) =>
        DiscImage.MakeWithUuid(bench.Folder[name], "TWIN", SourceFiles.Photographs(seed), Uuid);
}
