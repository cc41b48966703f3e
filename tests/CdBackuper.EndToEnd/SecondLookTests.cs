using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>A disc that comes again may have more than it had, and the archive may have less: both are seen.</summary>
public sealed class SecondLookTests
{
    [Fact]
    public void What_was_added_to_a_rewritable_disc_in_place_is_archived_too()
    {
        using var bench = new Bench();
        var image = bench.Folder["rewritable.udf"];
        using (var file = File.Create(image))
        {
            file.SetLength(20 << 20);
        }

        Tool.Output("mkudffs", "--media-type=hd", "-b", "2048", "-l", "DISC", "-r", "1.50", image);
        var random = new Random(1201);
        (string, byte[])[] Photographs(string stem, int count) =>
            [.. Enumerable.Range(0, count).Select(number => ($"{stem}_{number}.JPG", Bytes(random, 200_000)))];
        var next = UdfAddition.Write(image, first: 3, Photographs("IMG", 8));
        bench.Node().Import(image).Expect(0);
        var before = bench.OnlyDisc.Inodes();
        Assert.Contains("whole in the archive already", bench.Node().Import(image).Expect(0).All, StringComparison.Ordinal);

        UdfAddition.Write(image, next, Photographs("NEW", 4));
        bench.Node().Import(image).Expect(0);

        Tool.Output("7zz", "x", "-y", $"-o{bench.Folder["judge"]}", image);
        Assert.Equal(12, bench.OnlyDisc.Hashes.Count);
        Assert.Equal(FileHashes.Below(bench.Folder["judge"]), bench.OnlyDisc.Hashes);
        Assert.All(before, file => Assert.Equal(file.Value, bench.OnlyDisc.Inodes()[file.Key]));
        bench.OnlyDisc.ManifestMustHold();
        Assert.Contains("whole in the archive already", bench.Node().Import(image).Expect(0).All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_rotted_in_the_archive_is_repaired_when_its_disc_comes_again()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1202);
        bench.Node().Import(disc.Path).Expect(0);
        Flip(bench.OnlyDisc["files/DCIM/IMG_0003.JPG"], 70_000);

        var again = bench.Node().Import(disc.Path).Expect(0);

        Assert.Contains("DCIM/IMG_0003.JPG", again.All, StringComparison.Ordinal);
        bench.OnlyDisc.MustHoldAllOf(disc);
        var aside = Assert.Single(bench.OnlyDisc.Matching("set-aside-*"));
        Assert.True(File.Exists(bench.OnlyDisc[aside + "/DCIM/IMG_0003.JPG"]));
    }

    [Fact]
    public void What_is_missing_in_the_archive_is_not_forgotten_when_the_disc_does_not_give_it_any_more()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1206);
        bench.Node().Import(disc.Path).Expect(0);
        var folder = bench.OnlyDisc;
        File.Delete(folder["files/DCIM/IMG_0004.JPG"]);
        Flip(folder["files/DCIM/IMG_0003.JPG"], 70_000);
        var head = new Scratches(disc).OnSectors(16, 32).WriteMap(bench.Folder["head.map"]);

        var again = bench.Node().Import(disc.Path, "--simulate-damage", head, "--json").Expect(3).Json;

        Assert.Equal(["DCIM/IMG_0003.JPG", "DCIM/IMG_0004.JPG"], again.FilesThatAre("lost"));
        Assert.Equal("damaged", folder.Status.Text("condition"));
        Assert.True(File.Exists(folder["disc.iso"]));
        Tool.Output("sh", "-c", $"cd '{folder.Path}' && sha256sum --quiet -c manifest-sha256.txt");
        bench.Node().Import(disc.Path).Expect(0);
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_file_that_rotted_is_repaired_though_another_one_does_not_read_any_more()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1210);
        bench.Node().Import(disc.Path).Expect(0);
        var folder = bench.OnlyDisc;
        Flip(folder["files/DCIM/IMG_0003.JPG"], 70_000);
        File.Delete(folder["files/DCIM/IMG_0004.JPG"]);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0004.JPG", 3, 4).WriteMap(bench.Folder["bad.map"]);

        var again = bench.Node().Import(disc.Path, "--simulate-damage", bad, "--json").Expect(3).Json;

        Assert.Equal(["DCIM/IMG_0004.JPG"], again.FilesThatAre("damaged"));
        Assert.Equal(disc.Hashes["DCIM/IMG_0003.JPG"], folder.Hashes["DCIM/IMG_0003.JPG"]);
        folder.ManifestMustHold();
    }

    [Fact]
    public void A_whole_disc_whose_comparison_is_broken_off_is_whole_and_what_is_missing_beside_its_files_is_made_again()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1211);
        bench.Node().Import(disc.Path).Expect(0);
        var folder = bench.OnlyDisc;
        string[] words = ["condition", "message", "next", "status"];
        var before = words.Select(word => folder.Status.Text(word)).ToArray();
        StopWhileReading(bench, disc.Path, "TERM", 130, "--keep-image");

        Assert.Equal(before, words.Select(word => folder.Status.Text(word)));
        File.Delete(folder["manifest-sha256.txt"]);
        bench.Node().Import(disc.Path).Expect(0);
        folder.ManifestMustHold();
        folder.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_repair_that_is_broken_off_leaves_a_disc_that_is_to_be_put_in_again()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1207);
        bench.Node().Import(disc.Path).Expect(0);
        Flip(bench.OnlyDisc["files/DCIM/IMG_0003.JPG"], 70_000);
        StopWhileReading(bench, disc.Path, "KILL", 137);

        Assert.Equal("damaged", bench.OnlyDisc.Status.Text("condition"));
        Assert.Contains("IMG_0003.JPG", bench.OnlyDisc.Status.Text("message"), StringComparison.Ordinal);
        var todo = Assert.Single(bench.Node().Run("todo", "--json", "--archive", bench.Archive).Expect(0).Json.AsArray());
        Assert.Equal(1, (int)todo!["damaged"]!);
        bench.Node().Import(disc.Path).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    // what becomes of the image: it is gone, empty, or has another byte
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(300_000)]
    public void An_archived_image_that_rotted_is_read_anew(int place)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1208);
        Backuper Node() => bench.Node().With("EXTRACT_FILES", "false");
        Node().Import(disc.Path).Expect(0);
        var image = bench.OnlyDisc["disc.iso"];
        Assert.Contains("whole in the archive already", Node().Import(disc.Path).Expect(0).All, StringComparison.Ordinal);
        Action harm = place < 0 ? () => File.Delete(image) : place == 0 ? () => File.WriteAllBytes(image, []) : () => Flip(image, place);
        harm();

        var again = Node().Import(disc.Path).Expect(0);

        Assert.Contains("missing or not what was written", again.All, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(disc.Path), File.ReadAllBytes(image));
        bench.OnlyDisc.ManifestMustHold();
    }

    [Fact]
    public void An_image_that_is_to_be_kept_is_read_anew_where_the_archive_has_none()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1209);
        bench.Node().Import(disc.Path).Expect(0);
        var before = bench.OnlyDisc.Inodes();
        Assert.False(File.Exists(bench.OnlyDisc["disc.iso"]));

        bench.Node().Import(disc.Path, "--keep-image").Expect(0);

        Assert.Equal(File.ReadAllBytes(disc.Path), File.ReadAllBytes(bench.OnlyDisc["disc.iso"]));
        Assert.Equal(before, bench.OnlyDisc.Inodes());
        bench.Node().Import(bench.OnlyDisc["disc.iso"]).Expect(2);
        bench.OnlyDisc.ManifestMustHold();
    }

    [Fact]
    public void Where_the_image_rotted_the_archived_copy_of_a_damaged_file_keeps_its_bytes()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1203);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 3, 4).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", bad).Expect(3);
        Flip(bench.OnlyDisc["disc.iso"], ((int)disc["DCIM/IMG_0002.JPG"].Sector + 9) * 2048);

        var done = bench.Node().Import(disc.Path).All;

        Assert.Contains("the archived ones are kept", done, StringComparison.Ordinal);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_damaged_copy_that_was_changed_since_is_not_taken_for_what_was_written()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1204);
        string Map(params int[] places) => new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", places).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", Map(3, 4)).Expect(3);
        Flip(bench.OnlyDisc["files/DCIM/IMG_0002.JPG"], 12 * 2048);
        File.Delete(bench.OnlyDisc["disc.iso"]);

        var done = bench.Node().Import(disc.Path, "--simulate-damage", Map(12, 13), "--json").Expect(3);

        Assert.DoesNotContain("DCIM/IMG_0002.JPG", done.Json.FilesThatAre("perfect"));
        bench.OnlyDisc.ManifestMustHold();
        bench.Node().Import(disc.Path).Expect(0);
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_session_that_was_added_is_not_forgotten_when_the_first_attempt_at_it_is_cut_off()
    {
        using var bench = new Bench();
        var sessions = TwoSessions.Make(bench.Folder);
        bench.Node().Import(sessions.First.Path).Expect(0);
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
        StopWhileReading(bench, sessions.Path, "KILL", 137);

        Assert.Equal("damaged", bench.OnlyDisc.Status.Text("condition"));
        Assert.Equal(sessions.First.Hashes, bench.OnlyDisc.Hashes);

        bench.Node().Import(sessions.Path).Expect(0);

        // A file that the new session changed stands beside the one that was archived before.
        Assert.All(sessions.Expected.Values, hash => Assert.Contains(hash, bench.OnlyDisc.Hashes.Values));
        Assert.Equal("whole", bench.OnlyDisc.Status.Text("condition"));
    }

    /// <summary>An import from a slow drive is ended by a signal once the disc is read.</summary>
    private static void StopWhileReading(Bench bench, string image, string signal, int exitCode, params string[] options)
    {
        using var drive = DamagedFile.Slow(bench.Folder["drive"], image, "8M");
        using var import = bench.Node().StartImport(drive.Path, options);
        Until.True(
            () => import.HasExited || import.Error.Contains("eading the disc", StringComparison.Ordinal),
            60,
            () => $"the disc is not read:\n{import.Out}{import.Error}");
        import.StopWith(signal).Expect(exitCode);
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Flip(string path, int place)
    {
        var time = File.GetLastWriteTimeUtc(path);
        using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = place;
            var value = file.ReadByte();
            file.Position = place;
            file.WriteByte((byte)(value ^ 1));
        }

        File.SetLastWriteTimeUtc(path, time);
    }
}
