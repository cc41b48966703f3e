using System.Text.RegularExpressions;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What is no disc is refused with a word; what is a broken one is kept as far as it goes.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void What_is_no_disc_is_refused()
    {
        using var bench = new Bench();
        File.WriteAllText(bench.Folder["empty.iso"], "");
        File.WriteAllText(bench.Folder["letter.txt"], "Dear aunt, this is no disc.\n");
        var broken = bench.Folder["line\nbreak.iso"];
        File.Copy(bench.Photographs(seed: 1009).Path, broken);
        Assert.Contains("line break", bench.Node().Import(broken).Expect(2).Error, StringComparison.Ordinal);
        string[] sources = [bench.Folder["missing.iso"], bench.Folder.NewFolder("folder"), bench.Folder["empty.iso"], bench.Folder["letter.txt"]];

        foreach (var source in sources)
        {
            var result = bench.Node().Import(source).Expect(2);
            Assert.Contains(source, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }

        Assert.Empty(bench.Discs);
    }

    [Fact]
    public void On_a_terminal_a_fault_is_said_once()
    {
        using var bench = new Bench();
        var letter = bench.Folder["letter.txt"];
        File.WriteAllText(letter, "Dear aunt, this is no disc.\n");

        // util-linux's script gives it a terminal
        var said = Tool.Run("script", "-qec", $"COLUMNS=500 {Repository.Program} import {letter} --archive {bench.Folder["archive"]}", "/dev/null").All;

        Assert.Single(Regex.Matches(said, "it has no file system, and its length is not a multiple of 2048"));
    }

    [Fact]
    public void Damage_from_a_pipe_is_refused_before_a_disc_is_read()
    {
        using var bench = new Bench();
        Tool.Output("mkfifo", bench.Folder["pipe"]);

        var error = bench.Node().Import(bench.Photographs(seed: 1010).Path, "--simulate-damage", bench.Folder["pipe"]).Expect(2).Error;

        Assert.Contains("it is not a regular file", error, StringComparison.Ordinal);
        Assert.Empty(bench.Discs);
    }

    [Fact]
    public void A_refusal_is_one_JSON_document_too()
    {
        using var bench = new Bench();

        var error = bench.Node().Import(bench.Folder["missing.iso"], "--json").Expect(2).Json["error"]!;

        Assert.Contains("missing.iso", error.Text("message"), StringComparison.Ordinal);
        Assert.NotEmpty(error.Text("next")!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(777)]
    public void A_truncated_image_gives_what_it_has(int extraBytes)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1001);
        var end = (disc.Length / 2 / 2048 * 2048) + extraBytes;
        var inside = disc.Hashes.Keys.Where(file => disc[file].Size == 0 || (disc[file].Sector * 2048) + disc[file].Size <= end).ToList();
        Assert.InRange(inside.Count, 3, disc.Hashes.Count - 3);
        using (var image = File.OpenWrite(disc.Path))
        {
            image.SetLength(end);
        }

        var json = bench.Node().Import(disc.Path, "--json").Expect(3).Json;

        Assert.Equal("damaged", json.Text("condition"));
        var perfect = json.FilesThatAre("perfect");
        Assert.Equal(inside, perfect);
        var hashes = bench.OnlyDisc.Hashes;
        Assert.All(perfect, file => Assert.Equal(disc.Hashes[file], hashes[file]));
        Assert.Equal(disc.Hashes.Count, json.Files().Count);
        Assert.Contains(json["flaws"]!.AsArray(), flaw => flaw!.Text("id") is "volume.truncated" or "extent.past-end");
        bench.OnlyDisc.ManifestMustHold();
    }

    [Fact]
    public void Two_megabytes_of_garbage_are_kept_as_an_image()
    {
        using var bench = new Bench();
        var garbage = new byte[2 * 1024 * 1024];
        new Random(1002).NextBytes(garbage);
        File.WriteAllBytes(bench.Folder["garbage.bin"], garbage);

        var json = bench.Node().Import(bench.Folder["garbage.bin"], "--json").Expect(3).Json;

        Assert.Equal("unknownFileSystem", json.Text("condition"));
        Assert.Null(json["uuid"]);
        Assert.Equal(FileHashes.Of(bench.Folder["garbage.bin"]), FileHashes.Of(bench.OnlyDisc["disc.iso"]));
        Assert.Equal("disc.iso", bench.OnlyDisc.Status.Text("iso"));
    }

    [Fact]
    public void A_disc_of_which_nothing_can_be_read_says_so()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "DEAD", new SourceFiles(1003).Add("a.txt", 100_000));
        var map = Mapfile.Write(bench.Folder["bad.map"], disc.Length, Enumerable.Range(0, (int)(disc.Length / 2048)).Select(sector => (long)sector));
        using var drive = DamagedFile.WithBadSectors(bench.Folder["drive"], disc.Path, map);

        var json = bench.Node().Import(drive.Path, "--json").Expect(4).Json;

        Assert.Equal("unreadable", json.Text("condition"));
    }

    [Fact]
    public void What_no_import_takes_is_called_no_disc_image_by_who_looks_into_it_too()
    {
        using var bench = new Bench();
        File.WriteAllText(bench.Folder["letter.txt"], "Dear aunt, this is no disc.\n");
        string[][] looks = [["show", "--volumes"], ["list", "--files"]];
        Assert.All(looks, look => Assert.Contains("is no disc image: it has no file system", bench.Node().Run([.. look, bench.Folder["letter.txt"]]).Expect(2).Error, StringComparison.Ordinal));
        File.WriteAllBytes(bench.Folder["blank.iso"], new byte[1 << 20]);
        Assert.All(looks, look => Assert.Contains("import rescues it all the same", bench.Node().Run([.. look, bench.Folder["blank.iso"]]).Expect(2).Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_that_is_not_even_begun_leaves_nothing_to_go_on_from()
    {
        using var bench = new Bench();

        var result = bench.Node().Import("/dev/null").Expect(1);

        Assert.Contains("Nothing was read this time.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is kept", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(60)]
    public void Of_an_image_that_is_cut_off_a_whole_copy_is_asked_for(int sectors)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1010);
        using (var image = File.OpenWrite(disc.Path))
        {
            image.SetLength(sectors * 2048);
        }

        var next = bench.Node().Import(disc.Path, "--json").Expect(3).Json.Text("next");

        Assert.Contains("it is cut off, or was made without that. A whole copy is needed.", next, StringComparison.Ordinal);
        var todo = bench.Node().Run("todo", "--archive", bench.Archive).Expect(0).Out;
        Assert.Contains("A whole copy is needed.", todo, StringComparison.Ordinal);
        Assert.DoesNotContain("Clean it", next + todo, StringComparison.OrdinalIgnoreCase);
    }
}
