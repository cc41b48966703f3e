using System.Text.RegularExpressions;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>
/// Every UDF image of the corpus, our listing and figures against the Linux kernel's, blkid's and udfinfo's.
/// </summary>
public sealed class UdfConformanceTests
{
    private const string Absent = "(no corpus)";

    public static IEnumerable<TheoryDataRow<string>> Images() => CorpusFolder.Find("synth", "*.udf", "*.iso")
        .Concat(CorpusFolder.Find("peer", "*.img"))
        .Where(image => File.Exists(Expectation(image, "udfinfo.txt")))
        .DefaultIfEmpty(Absent)
        .Select(image => new TheoryDataRow<string>(image));

    [Theory]
    [MemberData(nameof(Images))]
    public void A_listing_agrees_with_the_kernels(string image)
    {
        using var file = Open(image);
        Assert.SkipUnless(
            File.Exists(Expectation(image, "kernel-udf-ro.txt")),
            "the kernel could not mount this image");
        var kernel = Listing.Kernels(Expectation(image, "kernel-udf-ro.txt"), isFolded: false);
        Assert.SkipWhen(kernel.Count == 0, "the kernel listed nothing of this image");

        var differences = Listing.Compare(kernel, Listing.Ours(Read(file), file, isFolded: false))
            .Where(difference => !ExplainedDifferences.Of(image).Any(pattern => Regex.IsMatch(difference, pattern)))
            .ToList();
        Assert.True(differences.Count == 0, $"{image}:\n{string.Join('\n', differences.Take(20))}");
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void The_figures_of_a_volume_agree_with_those_of_blkid_and_udfinfo(string image)
    {
        using var file = Open(image);
        var volume = Read(file);
        var blkid = Figures(image, "blkid.txt");
        var udfinfo = Figures(image, "udfinfo.txt");
        Assert.SkipUnless(udfinfo.ContainsKey("udfrev"), "udfinfo finds no volume in this image");

        // udfinfo tells the least revision that a reader must know, which is 2.50 for UDF 2.60
        Assert.Equal($"UDF {blkid.GetValueOrDefault("VERSION", udfinfo["udfrev"])}", volume.Format);
        Assert.Equal(udfinfo["label"], volume.VolumeName ?? "");
        Assert.Equal(udfinfo["freeblocks"], volume.Identifiers.GetValueOrDefault("free blocks"));
        Assert.Equal(udfinfo["usedblocks"], volume.Identifiers.GetValueOrDefault("used blocks"));
        Assert.Equal(udfinfo["integrity"], volume.Identifiers.GetValueOrDefault("integrity"));
        Assert.Equal(udfinfo["uuid"], volume.Uuid);
        Assert.Equal(blkid.GetValueOrDefault("UUID", udfinfo["uuid"]), volume.Uuid);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void A_sound_image_has_no_flaws(string image)
    {
        Assert.SkipUnless(image.StartsWith("synth/", StringComparison.Ordinal), "only these are known to be sound");
        using var file = Open(image);
        var volume = Read(file);
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
    }

    private static ImageFile Open(string image)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        return new(Path.Combine(CorpusFolder.Images!, image));
    }

    private static IVolume Read(ImageFile file) =>
        Assert.Single(VolumeReader.ReadAll(file), volume => volume.Kind == FileSystemKind.Udf);

    private static string Expectation(string image, string judge) =>
        Path.Combine(CorpusFolder.Images!, image + ".expect", judge);

    private static Dictionary<string, string> Figures(string image, string judge)
    {
        var figures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Expectation(image, judge)))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.StartsWith('#'))
            {
                figures.TryAdd(line[..equals], line[(equals + 1)..]);
            }
        }

        return figures;
    }
}
