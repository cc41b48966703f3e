using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// A node stands still before one call that can't be taken back, another node takes its disc's folder over, finds that there is more to do
/// than the first one thought, and ends; then the first one wakes and makes its call.
/// </summary>
public sealed class RevivedHolderTests
{
    private const string Uuid = "2020010203040500";

    [Fact]
    public void A_revived_holder_does_not_delete_the_image_of_the_new_one()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 4101);
        var rotten = $"printf rotten | dd of=\"$(echo '{bench.Archive}'/*_PHOTOS/files/readme.txt)\" conv=notrunc status=none";

        HoldAt(bench, "unlink,rename:_PHOTOS/disc.iso", $"{rotten}; {Import(bench, disc.CopyTo(bench.Folder["copy.iso"]), "--keep-image")}", disc.Path);

        Assert.Equal("disc.iso", bench.OnlyDisc.Status.Text("iso"));
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void A_revived_holder_does_not_set_aside_the_map_of_the_new_one()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 4102);
        var bad = new Scratches(disc).OnFile("DCIM/IMG_0002.JPG", 4, 5).WriteMap(bench.Folder["bad.map"]);
        bench.Node().Import(disc.Path, "--simulate-damage", bad).Expect(3);
        File.Delete(bench.OnlyDisc["disc.iso"]);

        HoldAt(
            bench,
            "unlink,rename:_PHOTOS/ddrescue.mapfile",
            Import(bench, disc.CopyTo(bench.Folder["copy.iso"]), "--simulate-damage", bad),
            disc.Path);

        Assert.Equal(disc.Length - (2 * 2048), Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+'));
        Assert.Equal(disc.Length - (2 * 2048), bench.OnlyDisc.Status["ddrescue"]!.Number("rescued"));
    }

    [Fact]
    public void What_the_ddrescue_of_a_revived_holder_writes_is_not_in_the_image_of_another_disc()
    {
        using var bench = new Bench();
        var one = OfTemplate(bench, "1.iso", seed: 4103);
        var two = OfTemplate(bench, "2.iso", seed: 4104);
        var image = File.ReadAllBytes(one.Path);
        foreach (var file in two.Hashes.Keys)
        {
            // Descriptors and folders are the first one's.
            File.ReadAllBytes(two.SourceOf(file)).CopyTo(image.AsSpan((int)one[file].Sector * 2048));
        }

        File.WriteAllBytes(two.Path, image);

        HoldAt(bench, "write,pwrite:/disc.iso", Import(bench, two.Path, "--keep-image"), one.Path);

        Assert.Equal(File.ReadAllBytes(two.Path), File.ReadAllBytes(bench.OnlyDisc["disc.iso"]));
        bench.OnlyDisc.MustHoldAllOf(two);
    }

    /// <summary>Discs that are alike but for photographs, and have a program where descriptors may lie.</summary>
    private static DiscImage OfTemplate(Bench bench, string name, int seed)
    {
        var program = new byte[1_200_000];
        new Random(1).NextBytes(program);
        var files = new SourceFiles(seed).Add("AUTORUN.EXE", program).Add("PHOTOS/a.jpg", 900_000).Add("PHOTOS/b.jpg", 700_000);
        return DiscImage.MakeWithUuid(bench.Folder[name], "PHOTOS", files, Uuid);
    }

    private static string Import(Bench bench, string image, params IEnumerable<string> options) => string.Join(
        ' ',
        [
            "NODE_NAME=node-b",
            .. new[] { Repository.Program, "import", image, "--archive", bench.Archive }.Concat(options).Select(word => $"'{word}'"),
            $">'{bench.Folder["second.log"]}' 2>&1",
        ]);

    /// <summary>Imports a disc with the first call of a kind held until a command has run.</summary>
    private static void HoldAt(Bench bench, string call, string command, string image)
    {
        Directory.CreateDirectory(bench.Archive);
        var (result, _) = Tripwire.Run(
            bench.Node().With("CLAIM_PATIENCE", "1"), ["import", image, "--archive", bench.Archive], bench.Archive, action: $"hold:{command}", on: call);
        var second = File.Exists(bench.Folder["second.log"]) ? File.ReadAllText(bench.Folder["second.log"]) : "nothing";
        Assert.True(
            second.Contains("Took over", StringComparison.Ordinal) && result.ExitCode is 0 or 1,
            $"the second node said: {second}\nthe first: {result}");
    }
}
