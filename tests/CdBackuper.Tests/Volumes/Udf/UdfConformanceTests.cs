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
    private const string Kernel = "kernel-udf-ro.txt";

    /// <summary>The images that the kernel could mount.</summary>
    public static IEnumerable<TheoryDataRow<string>> Mounted() => Images(image => HasLine(image, Kernel, "mount -t udf"));

    /// <summary>The images in which udfinfo finds a volume.</summary>
    public static IEnumerable<TheoryDataRow<string>> Described() => Images(image => HasLine(image, "udfinfo.txt", "udfrev="));

    /// <summary>The images that are known to be sound.</summary>
    public static IEnumerable<TheoryDataRow<string>> Sound() => Images(image =>
        image.StartsWith("synth/", StringComparison.Ordinal) && HasLine(image, "udfinfo.txt", "udfrev="));

    [Theory]
    [MemberData(nameof(Mounted))]
    public void A_listing_agrees_with_the_kernels(string image)
    {
        using var file = Open(image);
        var kernel = Listing.Kernels(Expectation(image, Kernel), isFolded: false);

        var differences = Listing.Compare(kernel, Listing.Ours(Read(file), file, isFolded: false))
            .Where(difference => !ExplainedDifferences.Of(image).Any(pattern => Regex.IsMatch(difference, pattern)))
            .ToList();
        Assert.True(differences.Count == 0, $"{image}:\n{string.Join('\n', differences.Take(20))}");
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void The_figures_of_a_volume_agree_with_those_of_blkid_and_udfinfo(string image)
    {
        using var file = Open(image);
        var volume = Read(file);
        var blkid = Figures(image, "blkid.txt");
        var udfinfo = Figures(image, "udfinfo.txt");
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
    [MemberData(nameof(Sound))]
    public void A_sound_image_has_no_flaws(string image)
    {
        using var file = Open(image);
        var volume = Read(file);
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
    }

    private static IEnumerable<TheoryDataRow<string>> Images(Func<string, bool> isWanted) =>
        CorpusFolder.Find("synth", "*.udf", "*.iso").Concat(CorpusFolder.Find("peer", "*.img"))
            .Where(isWanted)
            .DefaultIfEmpty(Absent)
            .Select(image => new TheoryDataRow<string>(image));

    private static bool HasLine(string image, string judge, string beginning) => File.Exists(Expectation(image, judge))
        && File.ReadLines(Expectation(image, judge)).Any(line => line.StartsWith(beginning, StringComparison.Ordinal));

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
