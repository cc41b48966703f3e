using System.Security.Cryptography;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What a disc is recognised by where the record of it is lost, is of another time, or tells of what no file has.</summary>
public sealed class LostEvidenceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_its_evidence_a_disc_is_known_by_its_files_and_another_with_the_same_descriptors_is_not(bool isDeleted)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1301);
        bench.Node().Import(disc.Path).Expect(0);
        var identity = bench.OnlyDisc["identity.json"];
        File.WriteAllText(identity, File.ReadAllText(identity)[..100]);
        if (isDeleted)
        {
            File.Delete(identity);
        }

        Assert.Contains("whole in the archive already", bench.Node().Import(disc.Path).Expect(0).All, StringComparison.Ordinal);
        Assert.Single(bench.Discs);
        var other = WithOtherFiles(disc, bench.Folder["other.iso"]);

        bench.Node().Import(other).Expect(0);

        Assert.Equal(2, bench.Discs.Count);
        Assert.Single(bench.Discs, folder => folder.Hashes.SequenceEqual(disc.Hashes));
    }

    [Fact]
    public void Without_its_evidence_a_disc_is_known_by_its_files_though_folders_do_not_read()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["rr.iso"], "PHOTOS", SourceFiles.Photographs(1307), "-R");
        bench.Node().Import(disc.Path).Expect(0);
        File.Delete(bench.OnlyDisc["identity.json"]);
        var bad = new Scratches(disc).OnSector(disc["DCIM"].Sector).WriteMap(bench.Folder["bad.map"]);

        bench.Node().Import(disc.Path, "--simulate-damage", bad).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void Where_the_record_of_a_sector_rotted_the_archived_files_tell()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1308);
        bench.Node().Import(disc.Path).Expect(0);
        var identity = bench.OnlyDisc["identity.json"];
        var record = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(identity))!;
        record["samples"]![0]!["sha256"] = new string('0', 64);
        File.WriteAllText(identity, record.ToJsonString());

        Assert.Contains("whole in the archive already", bench.Node().Import(disc.Path).Expect(0).All, StringComparison.Ordinal);

        Assert.Single(bench.Discs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_drive_gives_behind_the_volume_makes_no_other_disc(bool isDamaged)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1302);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 3).WriteMap(bench.Folder["bad.map"]);
        var (one, two) = (WithRunOut(disc, bench.Folder["1.iso"], 1), WithRunOut(disc, bench.Folder["2.iso"], 2));
        bench.Node().Import(one, isDamaged ? ["--simulate-damage", bad] : []).Expect(isDamaged ? 3 : 0);

        bench.Node("node-b").Import(two).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void An_image_that_is_cut_off_amid_a_sector_is_completed_by_the_whole_one()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1303);
        var cut = disc.CopyTo(bench.Folder["cut.iso"]);
        using (var file = File.OpenWrite(cut))
        {
            file.SetLength((file.Length * 3 / 4 / 2048 * 2048) + 700);
        }

        bench.Node().Import(cut).Expect(3);
        bench.Node("node-b").Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_session_that_was_added_while_the_head_did_not_read_is_known_when_it_does()
    {
        using var bench = new Bench();
        var disc = Grown(bench, out var source);
        bench.Node().Import(disc).Expect(0);
        var added = Grow(bench, disc);
        bench.Node().Import(disc, "--simulate-damage", Mapfile.Write(bench.Folder["16.map"], new FileInfo(disc).Length, [16]));

        bench.Node("node-b").Import(disc, "--keep-image").Expect(0);

        Assert.Equal(Expected(source, added), bench.OnlyDisc.Hashes);
        Assert.Equal(File.ReadAllBytes(disc), File.ReadAllBytes(bench.OnlyDisc["disc.iso"]));
    }

    [Fact]
    public void A_disc_that_grew_is_not_whole_without_what_was_added_though_the_attempt_that_saw_it_grow_was_cut_off()
    {
        using var bench = new Bench();
        var disc = Grown(bench, out var source);
        bench.Node().Import(disc).Expect(0);
        var old = File.ReadAllBytes(disc);
        var added = Grow(bench, disc);
        bench.Node().With("PATH", WithoutRescue(bench)).Import(disc).Expect(1);

        // Neither the newest descriptors at the disc's head nor the session that they are of.
        var grown = File.ReadAllBytes(disc);
        var session = Enumerable.Range(32, old.Length).First(sector => !grown.AsSpan(sector * 2048, 2048).SequenceEqual(old.AsSpan(sector * 2048, 2048)));
        var bad = Enumerable.Range(16, 16).Concat(Enumerable.Range(session, (grown.Length / 2048) - session - 1)).Select(sector => (long)sector);
        bench.Node().Import(disc, "--simulate-damage", Mapfile.Write(bench.Folder["bad.map"], grown.Length, bad)).Expect(3);

        Assert.Contains("there may be files that are not listed", bench.OnlyDisc.Status.Text("message"), StringComparison.Ordinal);
        bench.Node("node-b").Import(disc).Expect(0);
        Assert.Equal(Expected(source, added), bench.OnlyDisc.Hashes);
    }

    [Fact]
    public void What_the_image_has_of_a_disc_that_grew_is_kept_where_the_disc_does_not_give_it_any_more()
    {
        using var bench = new Bench();
        Backuper Node() => bench.Node().With("EXTRACT_FILES", "false");
        var disc = Grown(bench, out var source);

        // As in a drive that reads on behind what was written.
        using (var file = File.OpenWrite(disc))
        {
            file.SetLength(file.Length + (400 * 2048));
        }

        Node().Import(disc).Expect(0);
        var old = File.ReadAllBytes(disc);
        var added = Grow(bench, disc);
        var first = old.AsSpan().IndexOf(File.ReadAllBytes(Directory.EnumerateFiles(source, "*.JPG", SearchOption.AllDirectories).First()).AsSpan(0, 4096)) / 2048;

        Node().Import(disc, "--simulate-damage", Mapfile.Write(bench.Folder["bad.map"], new FileInfo(disc).Length, [first, first + 1])).Expect(0);

        Assert.Equal(File.ReadAllBytes(disc), File.ReadAllBytes(bench.OnlyDisc["disc.iso"]));
        bench.OnlyDisc.ManifestMustHold();
        Assert.Contains("new.jpg", File.ReadAllText(bench.OnlyDisc["listing.json"]), StringComparison.Ordinal);
        Assert.NotEmpty(added);
    }

    [Fact]
    public void A_disc_of_which_nothing_reads_has_one_folder_in_which_it_goes_on()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1306);
        var all = Enumerable.Range(0, (int)(disc.Length / 2048)).Select(sector => (long)sector);
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, Mapfile.Write(bench.Folder["bad.map"], disc.Length, all));
        bench.Node().Import(drive.Path).Expect(4);
        bench.Node().Import(drive.Path).Expect(4);
        Assert.Single(bench.Discs);

        bench.Node("node-b").Import(disc.Path).Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    /// <returns>A PATH on which ddrescue says its version, and ends at once when it is to read.</returns>
    private static string WithoutRescue(Bench bench)
    {
        bench.Folder.NewFolder("bin");
        var ended = bench.Folder.Write("bin/ddrescue", $"#!/bin/sh\n[ \"$1\" != --version ] || exec {Tool.Output("sh", "-c", "command -v ddrescue").Trim()} \"$@\"\nkill -KILL $$\n");
        Tool.Output("chmod", "+x", ended);
        return $"{Path.GetDirectoryName(ended)}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private static string Grown(Bench bench, out string source)
    {
        var disc = bench.Folder["grown.iso"];
        source = SourceFiles.Photographs(1304).WriteTo(bench.Folder["source"]);
        Tool.Output("xorriso", "-outdev", $"stdio:{disc}", "-volid", "GROWN", "-map", source, "/", "-commit");
        return disc;
    }

    private static string Grow(Bench bench, string disc)
    {
        var added = new SourceFiles(1305).Add("new.jpg", 70_000).WriteTo(bench.Folder["added"]);
        Tool.Output("xorriso", "-dev", $"stdio:{disc}", "-map", added, "/added", "-commit");
        return added;
    }

    private static Dictionary<string, string> Expected(string source, string added)
    {
        var expected = new Dictionary<string, string>(FileHashes.Below(source)) { ["added/new.jpg"] = FileHashes.Below(added)["new.jpg"] };
        return expected;
    }

    /// <summary>Mastered from one template: the same descriptors and directories, and other bytes in every file.</summary>
    private static string WithOtherFiles(DiscImage disc, string path)
    {
        var bytes = File.ReadAllBytes(disc.Path);
        foreach (var file in disc.Hashes.Keys.Where(file => disc[file].Size > 0))
        {
            RandomNumberGenerator.Fill(bytes.AsSpan((int)disc[file].Sector * 2048, (int)disc[file].Size));
        }

        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string WithRunOut(DiscImage disc, string path, byte filling)
    {
        var runOut = new byte[2 * 2048];
        new Random(filling).NextBytes(runOut);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(disc.Path), .. runOut]);
        return path;
    }
}
