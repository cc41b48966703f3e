using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>An archive on exFAT: names that differ in case alone are one, some are refused, and there are no links, rights and owners.</summary>
public sealed class ExfatTests
{
    // On a loop device of its own, gone with the script.
    private const string Mount =
        """
        image="$2.exfat"
        truncate -s 128M "$image"
        mkfs.exfat "$image" >&2
        device=$(losetup --find --show "$image")
        trap 'umount "$2" || true; losetup -d "$device"' EXIT
        mount.exfat-fuse "$device" "$2" >&2

        """;

    private static readonly string[] Hard =
    [
        "DCIM/Photo.JPG", "DCIM/PHOTO.jpg", "dcim/photo.jpg", "dcim/Other.jpg", "why: a?.jpg", "end.", "con.txt", "readme.txt", "ReadMe (2).txt", "README.txt",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("--keep-image")]
    public void Every_file_has_a_name_of_its_own_and_a_second_time_there_is_nothing_to_do(string option)
    {
        using var bench = new Bench();
        var disc = Disc(bench);

        var result = Run(
            bench,
            """
            "$1" import "$3" --archive "$2" $4
            "$1" import "$3" --archive "$2" $4
            cp -a "$2" "$2.copy"
            """,
            disc.Path,
            option).Expect(0);

        Assert.Contains("whole in the archive already", result.All, StringComparison.Ordinal);
        Assert.Contains("does not take all names", result.Error, StringComparison.Ordinal);
        MustHoldAll(Copy(bench), disc);
    }

    [Fact]
    public void A_damaged_disc_goes_on_and_no_file_takes_the_place_of_another()
    {
        using var bench = new Bench();
        var disc = Disc(bench);
        var map = new Scratches(disc).OnFile("DCIM/PHOTO.jpg", 4, 5).OnFile("readme.txt", 0).WriteMap(bench.Folder["bad.map"]);

        Run(
            bench,
            """
            "$1" import "$3" --archive "$2" --simulate-damage "$4" || [ $? = 3 ]
            (cd "$2"/*_CASE && sha256sum --check --strict --quiet manifest-sha256.txt)
            "$1" import "$3" --archive "$2"
            cp -a "$2" "$2.copy"
            """,
            disc.Path,
            map).Expect(0);

        MustHoldAll(Copy(bench), disc);
    }

    private static DiscImage Disc(Bench bench) => DiscImage.Make(bench.Folder["disc.iso"], "CASE", new SourceFiles(4301).Add(Hard, 40_000), "-R");

    private static DiscFolder Copy(Bench bench) =>
        new(Directory.EnumerateDirectories(bench.Archive + ".copy").Single(path => !Path.GetFileName(path).StartsWith('.')));

    private static void MustHoldAll(DiscFolder folder, DiscImage disc)
    {
        Assert.Equal("whole", folder.Status.Text("condition"));
        Assert.Equal(disc.Hashes.Values.Order(StringComparer.Ordinal), folder.Hashes.Values.Order(StringComparer.Ordinal));
        folder.ManifestMustHold();
        Assert.Empty(folder.Matching("set-aside-*"));
        Assert.Equal(disc.Hashes["DCIM/Photo.JPG"], folder.Hashes["DCIM/Photo.JPG"]);
        Assert.Equal(disc.Hashes["why: a?.jpg"], folder.Hashes["why_ a_.jpg"]);
    }

    private static ToolResult Run(Bench bench, string script, params string[] arguments)
    {
        Assert.SkipUnless(Tool.Exists("mkfs.exfat") && Tool.Exists("mount.exfat-fuse"), "mkfs.exfat or mount.exfat-fuse is missing (Debian: exfatprogs, exfat-fuse)");
        Directory.CreateDirectory(bench.Archive);
        return bench.Node().RunAmongMounts(Mount + script, arguments);
    }
}
