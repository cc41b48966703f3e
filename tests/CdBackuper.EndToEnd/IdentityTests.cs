using System.Text.RegularExpressions;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>A disc is recognised by what it holds, whatever of it can't be read; what can't be told apart is not mixed.</summary>
public sealed class IdentityTests
{
    private const string Uuid = "2020010203040500";

    [Theory]
    [InlineData("primary descriptor")]
    [InlineData("all descriptors")]
    [InlineData("root directory")]
    public void A_whole_disc_is_recognised_with_a_damaged(string part)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 901);
        bench.Node().Import(disc.Path).Expect(0);
        var scratches = new Scratches(disc);
        foreach (var sector in part switch { "primary descriptor" => [16L], "root directory" => [disc[""].Sector], _ => Sectors(16, 19) })
        {
            scratches.OnSector(sector);
        }

        var again = bench.Node("node-b").Import(disc.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["bad.map"]), "--json").Expect(0);

        Assert.Equal("0001", again.Json.Text("number"));
        Assert.True(bench.OnlyDisc.Status["is_retry"]!.GetValue<bool>());
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_damaged_disc_whose_descriptors_read_for_the_first_time_goes_on()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 902);
        var bad = Sectors(16, 19).Aggregate(new Scratches(disc), (scratches, sector) => scratches.OnSector(sector));
        bench.Node().Import(disc.Path, "--simulate-damage", bad.WriteMap(bench.Folder["bad.map"])).Expect(3);

        bench.Node("node-b").Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_disc_without_UUID_is_recognised_and_another_is_not()
    {
        using var bench = new Bench();
        var one = WithoutDates(DiscImage.MakeWithUuid(bench.Folder["1.iso"], "NONE", SourceFiles.Photographs(903), Uuid));
        var two = WithoutDates(DiscImage.MakeWithUuid(bench.Folder["2.iso"], "NONE", SourceFiles.Photographs(904), Uuid));
        var bad = new Scratches(one).OnFile("readme.txt", 0).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(one.Path, "--simulate-damage", bad).Expect(3);
        bench.Node().Import(two.Path).Expect(0);

        var again = bench.Node("node-b").Import(one.Path, "--json").Expect(0).Json;

        Assert.Null(again.Text("uuid"));
        Assert.Equal("0001", again.Text("number"));
        Assert.Equal(2, bench.Discs.Count);
        Assert.Single(bench.Discs, disc => disc.Hashes.SequenceEqual(one.Hashes));
        Assert.Single(bench.Discs, disc => disc.Hashes.SequenceEqual(two.Hashes));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(150)]
    [InlineData(-150)]
    public void A_disc_is_recognised_in_a_drive_that_counts_its_sectors_otherwise(int sectors)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 905);
        var bad = new Scratches(disc).OnFile("readme.txt", 0).OnFile("DCIM/IMG_0002.JPG", 3, 4).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", bad).Expect(3);
        var other = disc.CopyTo(bench.Folder["other.iso"]);
        using (var file = File.OpenWrite(other))
        {
            file.SetLength(file.Length + (sectors * 2048L));
        }

        bench.Node("node-b").Import(other).Expect(0);

        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_added_by_writing_the_head_anew_is_taken_in(bool isDamagedBefore)
    {
        using var bench = new Bench();
        var disc = bench.Folder["grown.iso"];
        var source = SourceFiles.Photographs(906).WriteTo(bench.Folder["source"]);
        var added = new SourceFiles(907).Add("new.jpg", 70_000).WriteTo(bench.Folder["added"]);
        Tool.Output("xorriso", "-outdev", $"stdio:{disc}", "-volid", "GROWN", "-joliet", "on", "-map", source, "/", "-commit");
        var options = isDamagedBefore
            ? new[] { "--simulate-damage", Mapfile.Write(bench.Folder["bad.map"], new FileInfo(disc).Length, [400, 401]) }
            : [];
        bench.Node().Import(disc, options).Expect(isDamagedBefore ? 3 : 0);
        Tool.Output("xorriso", "-dev", $"stdio:{disc}", "-map", added, "/added", "-commit");

        bench.Node("node-b").Import(disc).Expect(0);

        var expected = FileHashes.Below(source);
        expected["added/new.jpg"] = FileHashes.Below(added)["new.jpg"];
        Assert.Equal(expected, bench.OnlyDisc.Hashes);
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
        bench.OnlyDisc.ManifestMustHold();
        bench.Node().Import(disc, "--json").Expect(0);
        Assert.Single(bench.Discs);
    }

    [Fact]
    public void Two_discs_with_one_UUID_are_told_apart_and_people_are_told()
    {
        using var bench = new Bench();
        var one = DiscImage.MakeWithUuid(bench.Folder["1.iso"], "TWIN", SourceFiles.Photographs(908), Uuid);
        var two = DiscImage.MakeWithUuid(bench.Folder["2.iso"], "TWIN", SourceFiles.Photographs(909), Uuid);
        bench.Node().Import(one.Path).Expect(0);

        var second = bench.Node().Import(two.Path).Expect(0);

        const string Notice = "Two discs share the identifier 2020-01-02-03-04-05-00: this is not the disc of 2020-01-02-03-04-05-00_TWIN (disc 0001)";
        Assert.Contains(Notice, second.Error, StringComparison.Ordinal);
        var attempt = File.ReadAllText(bench.Discs[1][bench.Discs[1].Attempts[0]]);
        Assert.Contains(Notice, attempt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_copy_of_a_disc_fills_the_holes_of_the_first()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 910);
        var copy = disc.CopyTo(bench.Folder["copy.iso"]);
        var first = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 0, 5, -1).OnFile("readme.txt", 0).WriteMap(bench.Folder["1.map"]);
        var second = new Scratches(disc).OnFile("DCIM/IMG_0004.JPG", 2).OnFile("holiday/Ete a la mer 0003.jpg", 7).WriteMap(bench.Folder["2.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", first).Expect(3);
        var before = bench.OnlyDisc.Inodes();

        bench.Node("node-b").Import(copy, "--simulate-damage", second).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal(before["DCIM/IMG_0004.JPG"], bench.OnlyDisc.Inodes()["DCIM/IMG_0004.JPG"]);
    }

    [Fact]
    public void A_disc_that_can_not_be_told_from_another_gets_a_folder_of_its_own_and_a_person_is_asked()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 911);
        bench.Node().Import(disc.Path).Expect(0);
        var known = bench.OnlyDisc;
        var (inodes, first) = (known.Inodes(), disc.Hashes.Keys.Where(file => disc[file].Size > 0).Min(file => disc[file].Sector));

        // In its test mode ddrescue takes the last readable sector for the disc's last: that one, which is padding, stays good.
        var bad = Sectors(first, (disc.Length / 2048) - 1).Aggregate(new Scratches(disc), (scratches, sector) => scratches.OnSector(sector));

        var asked = bench.Node("node-b").Import(disc.Path, "--simulate-damage", bad.WriteMap(bench.Folder["bad.map"]), "--json").Expect(3);

        Assert.Equal(2, bench.Discs.Count);
        Assert.Equal(inodes, known.Inodes());
        var own = bench.Discs.Single(folder => folder.Name != known.Name);
        var question = $"This may be the disc of {known.Name} (disc 0001)";
        Assert.Contains(question, own.Status.Text("message"), StringComparison.Ordinal);
        Assert.Contains("clean it or put it into another drive", own.Status.Text("next"), StringComparison.Ordinal);
        Assert.Contains(question, File.ReadAllText(own[own.Attempts[0]]), StringComparison.Ordinal);
        Assert.Contains(question, asked.Error, StringComparison.Ordinal);

        // The other drive reads it, and that decides.
        var decided = bench.Node("node-c").Import(disc.Path).Expect(0);
        Assert.Contains("The archive has this disc twice", decided.Error, StringComparison.Ordinal);
        Assert.Equal(2, bench.Discs.Count);
        known.MustHoldAllOf(disc);
    }

    [Fact]
    public void Once_two_folders_are_known_to_be_of_one_disc_each_fills_the_holes_of_the_other()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 913);
        var (first, end) = (disc.Hashes.Keys.Where(file => disc[file].Size > 0).Min(file => disc[file].Sector), disc.Length / 2048);
        var middle = (first + end) / 2;
        string Without(string name, long from, long to) => Sectors(from, to)
            .Aggregate(new Scratches(disc), (scratches, sector) => scratches.OnSector(sector)).WriteMap(bench.Folder[name]);
        bench.Node().Import(disc.Path, "--simulate-damage", Without("1.map", middle, end - 1)).Expect(3);
        var one = bench.OnlyDisc;
        bench.Node("node-b").Import(disc.Path, "--simulate-damage", Without("2.map", first, middle)).Expect(3);
        var two = bench.Discs.Single(folder => folder.Name != one.Name);
        var (before, record) = (two.Inodes(), File.ReadAllText(two["status.json"]));

        // A drive that reads most of each half.
        var third = bench.Node("node-c").Import(disc.Path, "--simulate-damage", Without("3.map", middle - ((middle - first) / 4), middle + ((end - middle) / 4)));

        third.Expect(0);
        Assert.Matches($"{Regex.Escape(two.Name)} is of the same disc: \\d+ sectors that only it had read were taken over", third.Error);
        one.MustHoldAllOf(disc);
        Assert.Equal(2, bench.Discs.Count);
        Assert.Equal(before, two.Inodes());
        Assert.Equal(record, File.ReadAllText(two["status.json"]));
        Assert.InRange(System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(one[one.Attempts[^1]]))!.Number("sectorsWon"), 0, ((end - middle) * 3 / 4) + 1);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)] // the archived file rotted as well, elsewhere
    public void What_rotted_in_the_image_of_another_folder_of_the_disc_is_not_taken_over(bool isFileRotten, int exitCode)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 914);
        var files = disc.Hashes.Keys.Where(file => disc[file].Size > 0).OrderBy(file => disc[file].Sector).ToArray();
        var half = files[files.Length / 2];
        var (first, middle, end) = (disc[files[0]].Sector, disc[half].Sector, disc.Length / 2048);
        string Without(string name, IEnumerable<long> sectors) => sectors
            .Aggregate(new Scratches(disc), (scratches, sector) => scratches.OnSector(sector)).WriteMap(bench.Folder[name]);
        bench.Node().Import(disc.Path, "--simulate-damage", Without("1.map", Sectors(middle, end - 1))).Expect(3);
        var one = bench.OnlyDisc;
        bench.Node("node-b").Import(disc.Path, "--simulate-damage", Without("2.map", Sectors(first, middle))).Expect(3);
        var two = bench.Discs.Single(folder => folder.Name != one.Name);
        Change(two["disc.iso"], (middle + 50) * 2048);
        if (isFileRotten)
        {
            Change(two["files/" + half], 1);
        }

        // A drive that reads all but the place that rotted.
        bench.Node("node-c").Import(disc.Path, "--simulate-damage", Without("3.map", Sectors(middle, middle + 60))).Expect(exitCode);

        Assert.All(one.Hashes.Keys.Where(file => file != half || !isFileRotten), file => Assert.Equal(disc.Hashes[file], one.Hashes[file]));
        bench.Node().Import(disc.Path).Expect(0);
        one.MustHoldAllOf(disc);
    }

    private static void Change(string path, long position)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = position;
        var value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 1));
    }

    [Fact]
    public void The_evidence_is_kept_when_the_image_is_gone()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 912);
        bench.Node().Import(disc.Path).Expect(0);

        Assert.False(bench.OnlyDisc.HasImage);
        var identity = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(bench.OnlyDisc["identity.json"]))!;
        Assert.Equal(64, identity["samples"]!.AsArray().Count);
        Assert.NotEmpty(identity["anchors"]!.AsArray());
        var session = Assert.Single(identity["sessions"]!.AsArray())!;
        Assert.Equal(disc[""].Sector, session.Number("rootSector"));
        Assert.Equal(disc.Length / 2048, session.Number("sectors"));
        Assert.Equal(64, session.Text("rootSha256")!.Length);
        foreach (var sample in identity["samples"]!.AsArray())
        {
            var hash = Tool.Script($"dd if=\"$1\" bs=2048 skip={sample!.Number("sector")} count=1 status=none | sha256sum", disc.Path)[..64];
            Assert.Equal(hash, sample!.Text("sha256"));
        }
    }

    private static IEnumerable<long> Sectors(long start, long end) => Enumerable.Range((int)start, (int)(end - start)).Select(at => (long)at);

    /// <summary>Takes the dates from the descriptors (ECMA-119 §8.4.26 to §8.4.29), from which the UUID comes.</summary>
    private static DiscImage WithoutDates(DiscImage disc)
    {
        using var file = File.OpenWrite(disc.Path);
        foreach (var descriptor in new[] { 16, 17 })
        {
            for (var date = 0; date < 4; date++)
            {
                file.Position = (descriptor * 2048) + 813 + (17 * date);
                file.Write([.. Enumerable.Repeat((byte)'0', 16), 0]);
            }
        }

        return disc;
    }
}
