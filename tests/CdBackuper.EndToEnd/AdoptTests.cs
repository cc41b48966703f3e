using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What can be said of a predecessor's archive without its discs.</summary>
public sealed class AdoptTests
{
    [Fact]
    public void Folders_that_can_not_be_trusted_are_named_with_their_reasons_in_order()
    {
        using var bench = new Bench();
        var good = Predecessor.Import(bench, Disc(bench, "GOOD", 961));
        var holes = Disc(bench, "HOLES", 962);
        var hole = Predecessor.Import(bench, holes, new Scratches(holes).OnFile("DCIM/IMG_0001.JPG", 4, 5).OnFile("DCIM/IMG_0002.JPG", 9).WriteMap(bench.Folder["1.map"]));
        var unread = Disc(bench, "UNREAD", 963);
        var free = Predecessor.Import(bench, unread, new Scratches(unread).OnFile("readme.txt", 0).WriteMap(bench.Folder["2.map"]));
        var empty = Predecessor.Import(bench, Disc(bench, "EMPTY", 964));
        Directory.Delete(empty["files"], recursive: true);
        var lost = Predecessor.Import(bench, Disc(bench, "LOST", 965));
        File.Delete(lost["ddrescue.mapfile"]);
        File.WriteAllText(lost["files/DCIM/IMG_0003.JPG"], "");
        Directory.CreateDirectory(System.IO.Path.Combine(bench.Archive, "only a label"));
        File.WriteAllText(System.IO.Path.Combine(bench.Archive, "only a label/label.txt"), "Omas Fotos\n");
        var before = Snapshot(bench);

        var report = bench.Node().Run("adopt", "--dry-run", "--json", "--archive", bench.Archive).Expect(3).Json;

        Assert.Equal(before, Snapshot(bench));
        var folders = report["folders"]!.AsArray().ToDictionary(folder => folder!.Text("folder")!, folder => folder!);
        Assert.Equal(6, folders.Count);
        IEnumerable<string> Doubts(string name) => folders[name]["doubts"]!.AsArray()
            .Select(doubt => doubt!.Text("path") is { } path ? $"{doubt!.Text("id")} {path}" : doubt!.Text("id")!);
        Assert.Empty(Doubts(good.Name));
        Assert.Equal(["image.missing", "map.unread", "file.zeros DCIM/IMG_0001.JPG", "file.zeros DCIM/IMG_0002.JPG"], Doubts(hole.Name));
        Assert.Equal(["image.missing", "map.unread", "file.blank readme.txt"], Doubts(free.Name));
        Assert.Equal(["files.none"], Doubts(empty.Name));
        Assert.Equal(["map.missing", "file.empty DCIM/IMG_0003.JPG"], Doubts(lost.Name));
        Assert.Equal(["folder.empty"], Doubts("only a label"));
        Assert.Equal(hole.Name, report["insertAgain"]![0]!.ToString());
        Assert.Equal(free.Name, report["insertAgain"]![1]!.ToString());
        Assert.Equal(5, report["insertAgain"]!.AsArray().Count);
        var text = bench.Node().Run("adopt", "--dry-run", "--archive", bench.Archive).Expect(3).Out;
        Assert.Contains("6 folders of the predecessor; 5 can't be trusted", text, StringComparison.Ordinal);
        Assert.Contains("Omas Fotos", text, StringComparison.Ordinal);
        Assert.Contains("3 sectors were never read, and its status says success", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_which_the_script_itself_says_that_it_failed_is_not_trusted()
    {
        using var bench = new Bench();
        var folder = Predecessor.Import(bench, Disc(bench, "GOOD", 968));
        File.WriteAllText(folder["status.json"], File.ReadAllText(folder["status.json"]).Replace("\"success\"", "\"failed\"", StringComparison.Ordinal));

        var report = bench.Node().Run("adopt", "--dry-run", "--json", "--archive", bench.Archive).Expect(3).Json;

        Assert.Equal(["status.failed"], report["folders"]![0]!["doubts"]!.AsArray().Select(doubt => doubt!.Text("id")));
    }

    [Fact]
    public void An_adopted_folder_has_number_listing_and_manifest_and_its_files_are_not_touched()
    {
        using var bench = new Bench();
        var disc = Disc(bench, "ADOPTED", 966);
        var folder = Predecessor.Import(bench, disc);
        Predecessor.Blank(folder, "DCIM/IMG_0002.JPG", 4096, 2048);
        var (inodes, status) = (folder.Inodes(), File.ReadAllText(folder["status.json"]));

        var report = bench.Node().Run("adopt", "--json", "--archive", bench.Archive).Expect(3).Json;

        Assert.Equal("0001", report["folders"]![0]!.Text("number"));
        Assert.Equal(inodes, folder.Inodes());
        folder.ManifestMustHold();
        Assert.Equal(status, File.ReadAllText(folder[Assert.Single(folder.Matching("status.json.predecessor-*"))]));
        Assert.Equal(("partial", "damaged", "0001"), (folder.Status.Text("status"), folder.Status.Text("condition"), folder.Status.Text("number")));
        var show = bench.Node().Show("0001").Expect(0).Json;
        Assert.Equal(disc.Hashes.Keys.Where(file => file != "empty.txt"), show.FilesThatAre("unverified"));
        Assert.False(File.Exists(folder["identity.json"]));
        Assert.True(report["folders"]![0]!["isAdopted"]!.GetValue<bool>());

        // Once more changes nothing.
        var before = Snapshot(bench);
        bench.Node().Run("adopt", "--archive", bench.Archive).Expect(3);
        Assert.Equal(before, Snapshot(bench));

        // Its disc proves and repairs it.
        bench.Node().Import(disc.Path).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("0001", folder.Status.Text("number"));
        Assert.All(inodes.Keys.Where(file => file != "DCIM/IMG_0002.JPG"), file => Assert.Equal(inodes[file], folder.Inodes()[file]));
        Assert.Contains("no folders of the predecessor", bench.Node().Run("adopt", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_image_each_file_is_compared_with_its_place_on_the_disc()
    {
        using var bench = new Bench();
        var disc = Disc(bench, "IMAGE", 967);
        var folder = Predecessor.Import(bench, disc);
        disc.CopyTo(folder["disc.iso"]);
        File.WriteAllText(folder["files/readme.txt"], "something else");
        File.Delete(folder["files/DCIM/IMG_0001.JPG"]);

        var report = bench.Node().Run("adopt", "--dry-run", "--json", "--archive", bench.Archive).Expect(3).Json;

        Assert.Equal(
            ["file.missing DCIM/IMG_0001.JPG", "file.differs readme.txt"],
            report["folders"]![0]!["doubts"]!.AsArray().Select(doubt => $"{doubt!.Text("id")} {doubt!.Text("path")}"));
        File.WriteAllBytes(folder["disc.iso"], new byte[disc.Length]);
        report = bench.Node().Run("adopt", "--dry-run", "--json", "--archive", bench.Archive).Expect(3).Json;
        Assert.Equal("image.hollow", report["folders"]![0]!["doubts"]![0]!.Text("id"));
    }

    [Fact]
    public void What_a_person_put_into_the_folder_stays_and_a_pipe_holds_nobody_up()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 965);
        var folder = Predecessor.Import(bench, disc);
        Tool.Output("mkfifo", folder["files/DCIM/queue"]);
        Directory.CreateDirectory(folder[".incoming-photos"]);
        string[] own = ["manifest-sha256.txt", "damage.json", ".incoming-photos/a.jpg", "notes.new"];
        foreach (var name in own)
        {
            File.WriteAllText(folder[name], $"a person's {name}");
        }

        bench.Node().Run("adopt", "--archive", bench.Archive);
        bench.Node().Import(disc.Path).Expect(0);

        folder.ManifestMustHold();
        var texts = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length is > 0 and < 100)
            .Select(File.ReadAllText)
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(own, name => Assert.Contains($"a person's {name}", texts));
    }

    [Fact]
    public void A_folder_that_can_not_be_read_is_a_doubt_and_the_others_are_looked_at()
    {
        using var bench = new Bench();
        var folder = Predecessor.Import(bench, bench.Photographs(seed: 971));
        var deep = folder["files/DEEP"];
        Directory.CreateDirectory(deep);

        // The kernel takes no path of more than 4096 bytes: to who names it whole, this one can't be opened, whatever rights he has.
        Tool.Script("cd \"$1\"; for level in $(seq 20); do name=$(printf 'd%.0s' $(seq 250)); mkdir $name; cd $name; done", deep);
        try
        {
            var report = bench.Node().Run("adopt", "--dry-run", "--json", "--archive", bench.Archive).Expect(3).Json["folders"]![0]!;
            Assert.Equal("folder.unreadable", Assert.Single(report["doubts"]!.AsArray())!.Text("id"));
            Assert.True(report.Number("files") > 0);
        }
        finally
        {
            Tool.Output("rm", "-r", deep);
        }
    }

    [Fact]
    public void An_archive_without_such_folders_has_nothing_to_adopt()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(seed: 968).Path).Expect(0);
        Assert.Empty(bench.Node().Run("adopt", "--json", "--archive", bench.Archive).Expect(0).Json["folders"]!.AsArray());
        bench.Node().Run("adopt", "--dry-run", "--archive", bench.Folder["nowhere"]).Expect(1);
        Assert.Contains("Example", bench.Node().Run("adopt", "--help").Expect(0).Out, StringComparison.Ordinal);
    }

    private static DiscImage Disc(Bench bench, string label, int seed) => bench.Photographs(seed, label, label + ".iso");

    private static string Snapshot(Bench bench) =>
        Tool.Output("find", bench.Archive, "-path", "*/.cdbackuper", "-prune", "-o", "-type", "f", "-printf", "%p %i %T@ %s\n");

    [Fact]
    public void Before_and_after_adopt_the_commands_say_the_same_of_a_folder()
    {
        using var bench = new Bench();
        Predecessor.Import(bench, Disc(bench, "GOOD", 972));
        var unread = Disc(bench, "UNREAD", 973);
        Predecessor.Import(bench, unread, new Scratches(unread).OnFile("readme.txt", 0).WriteMap(bench.Folder["1.map"]));
        ToolResult Run(string command) => bench.Node().Run(command, "--archive", bench.Archive);

        var list = Run("list").Expect(0);
        Assert.Equal(2, list.Out.Fields('\n').Count);
        Assert.All(list.Out.Fields('\n'), line => Assert.Matches("^- +(GOOD|UNREAD)? *.* unverified +not adopted yet +- ", line));
        Assert.Contains("2 folders of the predecessor's without a number: cdbackuper adopt", list.Error, StringComparison.Ordinal);
        Assert.All(bench.Node().List().Json.AsArray(), disc => Assert.Equal(("", "damaged"), (disc!.Text("number"), disc!.Text("condition"))));
        Assert.All(Run("todo").Out.Fields('\n'), line => Assert.Contains("not adopted yet", line, StringComparison.Ordinal));

        Assert.Contains("2 folders of the predecessor; 1 can't be trusted: put that disc in again.", Run("adopt").Expect(3).Out, StringComparison.Ordinal);

        Assert.All(Run("list").Out.Fields('\n'), line => Assert.Contains(" unverified ", line, StringComparison.Ordinal));
        Assert.Equal(["UNREAD", "GOOD"], bench.Node().Run("todo", "--json", "--archive", bench.Archive).Json.AsArray().Select(disc => disc!.Text("folder")!.Split('_')[^1]));
    }
}
