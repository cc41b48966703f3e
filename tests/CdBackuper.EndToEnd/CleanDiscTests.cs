using System.Text.RegularExpressions;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Scenario 1: a clean disc goes in, its files come out whole and checked.</summary>
public sealed partial class CleanDiscTests
{
    [Fact]
    public void A_clean_disc_comes_out_whole()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 101);

        var import = bench.Node().Import(disc.Path).Expect(0);

        Assert.Equal($"{disc.Uuid}_PHOTOS", bench.OnlyDisc.Name);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.False(bench.OnlyDisc.HasImage, "the image of a whole disc is deleted");
        Assert.Contains("0001", import.All, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_has_everything_that_its_description_promises()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(seed: 102).Path).Expect(0);
        var folder = bench.OnlyDisc;

        string[] promised = ["blkid.txt", "isoinfo.txt", "ddrescue.mapfile", "ddrescue-output.txt", "status.json",
            "manifest-sha256.txt", "damage.json", "listing.json", "files", "attempts"];
        Assert.Empty(promised.Except(folder.Matching("*")));
        Assert.Matches("^attempts/0001-node-a-.+[.]json$", Assert.Single(folder.Attempts));
        Assert.Contains("UUID", File.ReadAllText(folder["blkid.txt"]), StringComparison.Ordinal);
        Assert.Contains("PHOTOS", File.ReadAllText(folder["isoinfo.txt"]), StringComparison.Ordinal);
        Assert.True(Mapfile.Bytes(folder["ddrescue.mapfile"], '+') > 2_000_000);
        Assert.Equal(0, Mapfile.Bytes(folder["ddrescue.mapfile"], '-'));
        Assert.NotEmpty(Directory.EnumerateFiles(bench.Archive, "*.md"));
        Assert.Contains(Directory.EnumerateFileSystemEntries(Path.Combine(bench.Archive, ".cdbackuper"), "*", SearchOption.AllDirectories),
            entry => entry.Contains("0001", StringComparison.Ordinal));
    }

    [Fact]
    public void The_status_keeps_the_predecessors_fields_and_adds_the_verdict()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 103);
        bench.Node().Import(disc.Path).Expect(0);

        var status = bench.OnlyDisc.Status;
        Assert.Equal("node-a", status.Text("node"));
        Assert.Equal("success", status.Text("status"));
        Assert.NotEmpty(status.Text("message")!);
        Assert.True(status.AsObject().ContainsKey("iso"));
        Assert.Null(status["iso"]);
        Assert.Equal(disc.Uuid, status.Text("uuid"));
        Assert.True(Time(status.Text("started")) <= Time(status.Text("finished")));
        Assert.False(status["is_retry"]!.GetValue<bool>());
        _ = status["retry_nodes"]!.AsArray();
        Assert.Empty(new[] { "rescued", "rescued_pct", "read_errors" }.Except(status["ddrescue"]!.Keys()));
        Assert.Equal("whole", status.Text("condition"));
        Assert.Equal("PHOTOS", status.Text("volume_name"));
        Assert.True(status.AsObject().ContainsKey("next"));
        var files = status["files"]!;
        Assert.Equal((14, 14, 0, 0), (files.Number("total"), files.Number("perfect"), files.Number("damaged"), files.Number("lost")));
        Assert.Equal(disc.Hashes.Keys.Sum(file => disc[file].Size), files.Number("bytes"));
    }

    [Fact]
    public void Import_and_show_print_the_same_contract()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 104);

        var imported = bench.Node().Import(disc.Path, "--json").Expect(0).Json;
        var shown = bench.Node().Show("0001").Expect(0).Json;

        Assert.Equal(imported.ToJsonString(), shown.ToJsonString());
        string[] promised = ["number", "folder", "uuid", "volumeName", "label", "status", "condition", "isRetry", "nodes", "image",
            "files", "flaws", "next"];
        Assert.Empty(promised.Except(shown.Keys()));
        Assert.Equal("0001", shown.Text("number"));
        Assert.Equal(bench.OnlyDisc.Name, shown.Text("folder"));
        Assert.Equal(disc.Uuid, shown.Text("uuid"));
        Assert.Equal("PHOTOS", shown.Text("volumeName"));
        Assert.Null(shown["label"]);
        Assert.Equal("success", shown.Text("status"));
        Assert.Equal("whole", shown.Text("condition"));
        Assert.False(shown["isRetry"]!.GetValue<bool>());
        Assert.Equal(["node-a"], shown["nodes"].Texts());
        Assert.Null(shown["image"]);
        Assert.Empty(shown["flaws"]!.AsArray());
        Assert.Equal(disc.Hashes.Keys, shown.FilesThatAre("perfect"));
        Assert.All(shown.Files(), file => Assert.Equal(disc[file.Key].Size, file.Value.Number("size")));
        Assert.All(shown.Files(), file => Assert.Empty(file.Value.Lost()));
    }

    [Fact]
    public void List_prints_every_disc_with_its_counts()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(105, "ONE", "1.iso").Path).Expect(0);
        bench.Node().Import(bench.Photographs(106, "TWO", "2.iso").Path).Expect(0);

        var list = bench.Node().List().Expect(0).Json.AsArray();

        Assert.Equal(["0001", "0002"], list.Select(disc => disc!.Text("number")).Order(StringComparer.Ordinal));
        Assert.Equal(["ONE", "TWO"], list.Select(disc => disc!.Text("volumeName")).Order(StringComparer.Ordinal));
        Assert.All(list, disc =>
        {
            Assert.False(disc!.AsObject().ContainsKey("files"));
            var counts = disc!["counts"]!;
            Assert.Equal((14, 14, 0, 0), (counts.Number("files"), counts.Number("perfect"), counts.Number("damaged"), counts.Number("lost")));
            Assert.True(counts.Number("bytes") > 2_000_000);
            Assert.Equal("whole", disc!.Text("condition"));
        });
        var lines = bench.Node().Run("list", "--archive", bench.Archive).Expect(0).Out.Fields('\n');
        Assert.Single(lines, line => line.Contains("ONE", StringComparison.Ordinal) && line.Contains("0001", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_are_kept()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(seed: 107).Path).Expect(0);

        Assert.Equal(SourceFiles.Modified.UtcDateTime, File.GetLastWriteTimeUtc(bench.OnlyDisc["files/readme.txt"]));
    }

    [Fact]
    public void Symlinks_are_recorded_and_not_made()
    {
        using var bench = new Bench();
        var files = SourceFiles.Photographs(108).Link("latest.jpg", "DCIM/IMG_0006.JPG").Link("secret", "/etc/passwd");
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "LINKS", files, "-R");

        bench.Node().Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("", Tool.Output("find", bench.OnlyDisc.Path, "-type", "l"));
        var links = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(bench.OnlyDisc["listing.json"])).Objects()
            .Where(entry => entry.Text("kind") == "symlink")
            .Select(entry => (entry.Text("path"), entry.Text("target")));
        Assert.Equal([("latest.jpg", "DCIM/IMG_0006.JPG"), ("secret", "/etc/passwd")], links.Order());
    }

    [Fact]
    public void A_number_is_never_given_twice()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(109, name: "1.iso").Path).Expect(0);
        Directory.Delete(bench.OnlyDisc.Path, recursive: true);

        Assert.Equal("0002", bench.Node().Import(bench.Photographs(110, name: "2.iso").Path, "--json").Expect(0).Json.Text("number"));
    }

    [Theory]
    [InlineData("NEW")]
    [InlineData("My_Disc")]
    [InlineData("unknown")]
    public void A_label_that_says_nothing_is_left_out_of_the_folders_name(string label)
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], label, new SourceFiles(111).Add("a.txt", 10));

        var json = bench.Node().Import(disc.Path, "--json").Expect(0).Json;

        Assert.Matches(UuidAlone(), bench.OnlyDisc.Name);
        Assert.Equal(label, json.Text("volumeName"));
    }

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}(-\d\d){6}_?$")]
    private static partial Regex UuidAlone();
}
