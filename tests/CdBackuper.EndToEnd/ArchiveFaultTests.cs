using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>The archive's place fails, or its files were spoilt: a clear word, and nothing lost.</summary>
public sealed class ArchiveFaultTests
{
    [Fact]
    public void An_archive_below_a_missing_folder_is_refused()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1101);

        var result = bench.Node().Run("import", disc.Path, "--archive", bench.Folder["no/such/archive"]).Expect(1);

        Assert.Contains(bench.Folder["no/such"], result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Folder["no"]));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show")]
    public void A_missing_archive_is_not_read(string command)
    {
        using var bench = new Bench();
        string[] arguments = command == "show" ? ["show", "0001"] : ["list"];

        bench.Node().Run([.. arguments, "--archive", bench.Archive]).Expect(1);

        Assert.False(Directory.Exists(bench.Archive));
    }

    [Fact]
    public void A_read_only_archive_is_refused()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1102);
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().RunAmongMounts(
            """
            mount --bind "$2" "$2"
            mount -o remount,bind,ro "$2"
            exec "$1" import "$3" --archive "$2"
            """,
            disc.Path).Expect(1);

        Assert.Contains("read-only", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Archive));
    }

    // The image does not fit; the image fits, but its files beside it do not.
    [Theory]
    [InlineData("1m")]
    [InlineData("4m")]
    public void A_full_archive_stops_the_import_which_goes_on_when_there_is_room(string size)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1103);
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().RunAmongMounts(
            """
            mount -t tmpfs -o "size=$4" none "$2"
            if "$1" import "$3" --archive "$2"; then
              echo "a full archive is no success" >&2
              exit 9
            fi
            mount -o remount,size=64m "$2"
            "$1" import "$3" --archive "$2"
            cp -a "$2" "$2.copy"
            """,
            disc.Path, size).Expect(0);

        Assert.Contains("space", result.Error, StringComparison.OrdinalIgnoreCase);
        var copy = Directory.EnumerateDirectories(bench.Archive + ".copy").Single(path => !Path.GetFileName(path).StartsWith('.'));
        new DiscFolder(copy).MustHoldAllOf(disc);
        Assert.Equal("whole", new DiscFolder(copy).Status.Text("condition"));
    }

    [Fact]
    public void An_archive_that_was_full_before_the_first_sector_has_read_nothing_and_says_so()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1108);
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().RunAmongMounts(
            """
            mount -t tmpfs -o size=1m none "$2"
            "$1" import "$3" --archive "$2" || "$1" import "$3" --archive "$2" || "$1" list --json --archive "$2"
            "$1" todo --archive "$2" >&2
            """,
            disc.Path).Expect(0);

        Assert.Equal(("unreadable", "failed"), (result.Json[0]!.Text("condition"), result.Json[0]!.Text("status")));
        Assert.Contains("for its image, and 16 MiB that stay free", result.Error, StringComparison.Ordinal);
        Assert.Contains("Make room; nothing of the disc was read yet.", result.Error, StringComparison.Ordinal);
        Assert.Matches("nothing read +See that the archive is there, has room .* before it read anything", result.Error);
        Assert.DoesNotContain("what was read is kept", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_archive_that_became_read_only_is_said_to_be_by_import_and_by_doctor()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(1109, "ONE", "1.iso").Path).Expect(0);
        var disc = bench.Photographs(1110, "TWO", "2.iso");

        var result = bench.Node().RunAmongMounts(
            """
            mount --bind "$2" "$2"
            mount -o remount,bind,ro "$2"
            "$1" import "$3" --archive "$2" || [ $? = 1 ]
            "$1" doctor --json --archive "$2"
            """,
            disc.Path).Expect(1);

        Assert.Contains("is not writable: it is mounted read-only.\n  Mount it for writing. Nothing was read this time.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", result.Error, StringComparison.Ordinal);
        var findings = result.Json.AsArray().ToDictionary(finding => finding!.Text("id")!, finding => finding!);
        Assert.Equal(("error", "Mount it for writing."), (findings["archive.unusable"].Text("level"), findings["archive.unusable"].Text("next")));
        Assert.Contains("setting.DATA_ROOT", findings.Keys);
        Assert.Single(bench.Discs);
    }

    [Fact]
    public void An_attempt_that_a_full_archive_ends_before_it_reads_has_won_nothing()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1110);
        var map = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 4, 5).WriteMap(bench.Folder["bad.map"]);
        Directory.CreateDirectory(bench.Archive);

        bench.Node().RunAmongMounts(
            """
            mount -t tmpfs -o size=64m none "$2"
            "$1" import "$3" --archive "$2" --simulate-damage "$4" || [ $? = 3 ]
            mount -o remount,size=20m "$2"
            "$1" import "$3" --archive "$2" && exit 9
            cp -a "$2" "$2.copy"
            """,
            disc.Path, map).Expect(0);

        var folder = new DiscFolder(Directory.EnumerateDirectories(bench.Archive + ".copy").Single(path => !Path.GetFileName(path).StartsWith('.')));
        var last = JsonNode.Parse(File.ReadAllText(folder[folder.Attempts[^1]]))!;
        Assert.Equal(("archiveFailed", 0), (last.Text("outcome"), last.Number("sectorsWon")));
    }

    [Theory]
    [InlineData("{ \"node\": \"half a rec")]
    [InlineData("")]
    public void A_corrupt_status_is_kept_aside_and_made_anew(string corrupt)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1104);
        bench.Node().Import(disc.Path).Expect(0);
        var (folder, inodes) = (bench.OnlyDisc, bench.OnlyDisc.Inodes());
        File.WriteAllText(folder["status.json"], corrupt);
        var list = bench.Node().List();
        Assert.Contains("1 folder of the archive can't be read", list.Error, StringComparison.Ordinal);
        Assert.Equal("0001", list.Json[0]!.Text("number"));
        Assert.Contains("Its status.json is missing or can't be read", bench.Node().Show("1").Expect(0).Json.Text("message"), StringComparison.Ordinal);
        Assert.Matches("^0001 .* unknown +status.json broken ", bench.Node().Run("list", "--archive", bench.Archive).Expect(0).Out);

        bench.Node().Import(disc.Path).Expect(0);

        Assert.Equal(folder.Path, bench.OnlyDisc.Path);
        Assert.Equal(corrupt, File.ReadAllText(folder[Assert.Single(folder.Matching("status.json.corrupt-*"))]));
        Assert.Equal(("success", "whole"), (folder.Status.Text("status"), folder.Status.Text("condition")));
        Assert.Equal(inodes, folder.Inodes());
        folder.MustHoldAllOf(disc);
    }

    [Theory]
    [InlineData("this is no mapfile\n")]
    [InlineData("0x0 + 1\n0x00000000 0x00000800 +\n0x00000400 0x00000800 -\n")]
    [InlineData("")]
    public void A_corrupt_map_is_kept_aside_and_the_disc_still_ends_whole(string corrupt)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1105);
        var map = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 4, 5).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(3);
        var folder = bench.OnlyDisc;
        File.WriteAllText(folder["ddrescue.mapfile"], corrupt);

        bench.Node().Import(disc.Path).Expect(0);

        Assert.Equal(corrupt, File.ReadAllText(folder[Assert.Single(folder.Matching("ddrescue.mapfile.corrupt-*"))]));
        folder.MustHoldAllOf(disc);
    }

    // Cut off in a line, cut off behind one, garbage, nothing.
    [Theory]
    [InlineData("cut", "")]
    [InlineData("lines", "")]
    [InlineData("garbage", "")]
    [InlineData("empty", "")]
    [InlineData("cut", "--keep-image")]
    [InlineData("lines", "--keep-image")]
    public void A_corrupt_manifest_of_a_whole_disc_is_kept_aside_and_made_anew(string how, string option)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1108);
        string[] options = option.Length == 0 ? [] : [option];
        bench.Node().Import(disc.Path, options).Expect(0);
        var folder = bench.OnlyDisc;
        var right = File.ReadAllText(folder["manifest-sha256.txt"]);
        var corrupt = how switch
        {
            "cut" => right[..(right.Length / 2)],
            "lines" => string.Concat(right.Split('\n').Take(3).Select(line => line + "\n")),
            "garbage" => "\0\u0001 no manifest\n",
            _ => "",
        };
        Assert.DoesNotContain("manifest", bench.Node().Run("show", "0001", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains("All records", bench.Node().Run("doctor", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
        File.WriteAllText(folder["manifest-sha256.txt"], corrupt);
        if (how != "lines")
        {
            Assert.Contains("manifest-sha256.txt", bench.Node().Run("show", "0001", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
            Assert.Contains($"{folder.Name}/manifest-sha256.txt", bench.Node().Run("doctor", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
        }

        var again = bench.Node().Import(disc.Path, options).Expect(0);

        Assert.Contains("whole in the archive already", again.All, StringComparison.Ordinal);
        Assert.Contains("manifest-sha256.txt", again.Error, StringComparison.Ordinal);
        Assert.Equal(corrupt, File.ReadAllText(folder[Assert.Single(folder.Matching("manifest-sha256.txt.corrupt-*"))]));
        Assert.Equal(right, File.ReadAllText(folder["manifest-sha256.txt"]));
        Assert.Contains("manifest-sha256.txt", File.ReadAllText(folder[folder.Attempts[^1]]), StringComparison.Ordinal);
        Assert.DoesNotContain("manifest", bench.Node().Import(disc.Path, options).Expect(0).Error, StringComparison.Ordinal);
        Assert.Single(folder.Matching("manifest-sha256.txt.corrupt-*"));
        folder.MustHoldAllOf(disc);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_corrupt_report_and_a_corrupt_attempt_are_kept_aside_and_said(bool isWhole)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1109);
        var map = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 4, 5).WriteMap(bench.Folder["bad.map"]);
        string[] options = isWhole ? [] : ["--simulate-damage", map];
        bench.Node().Import(disc.Path, options);
        var folder = bench.OnlyDisc;
        var (attempt, report) = (Assert.Single(folder.Attempts), File.ReadAllText(folder["damage.json"]));
        File.WriteAllText(folder["damage.json"], "{\"condition\": ");
        File.WriteAllText(folder[attempt], "{\"node\": ");

        var again = bench.Node().Import(disc.Path, options).Expect(isWhole ? 0 : 3);

        Assert.Contains("damage.json can't be read", again.Error, StringComparison.Ordinal);
        Assert.Contains($"{attempt} can't be read", again.Error, StringComparison.Ordinal);
        Assert.Equal("{\"condition\": ", File.ReadAllText(folder[Assert.Single(folder.Matching("damage.json.corrupt-*"))]));
        Assert.Equal("{\"node\": ", File.ReadAllText(folder[Assert.Single(folder.Matching(attempt + ".corrupt-*"))]));
        Assert.Equal(report, File.ReadAllText(folder["damage.json"]));
        Assert.StartsWith("attempts/0002-", Assert.Single(folder.Attempts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_record_of_one_disc_does_not_hide_the_others()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(1106, "ONE", "1.iso").Path).Expect(0);
        bench.Node().Import(bench.Photographs(1107, "TWO", "2.iso").Path).Expect(0);
        File.WriteAllText(bench.Discs.Single(disc => disc.Name.EndsWith("ONE", StringComparison.Ordinal))["status.json"], "{");

        var list = bench.Node().Run("list", "--archive", bench.Archive);

        Assert.Contains("TWO", list.Out, StringComparison.Ordinal);
        Assert.Contains("ONE", list.All, StringComparison.Ordinal);
    }
}
