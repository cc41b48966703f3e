using System.Text.RegularExpressions;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>Every ISO image of the corpus, our listing and hashes against the Linux kernel's.</summary>
public sealed class CorpusConformanceTests
{
    private const string Absent = "(no corpus)";

    public static IEnumerable<TheoryDataRow<string>> Images()
    {
        var images = CorpusFolder.Find("synth", "*.iso").Concat(CorpusFolder.Find("peer", "*.iso", "iso9660*"))
            .Where(image => File.Exists(Path.Combine(CorpusFolder.Images!, image + ".expect", "kernel-iso9660-ro_norock_nojoliet.txt")))
            .ToList();
        return images.DefaultIfEmpty(Absent).Select(image => new TheoryDataRow<string>(image));
    }

    /// <summary>The tree, the kernel's listing of it, that of names in ASCII where the other is missing, and whether it shows names in lower case.</summary>
    private static readonly (string Format, string Judge, string Other, bool IsFolded)[] Trees =
    [
        ("ISO 9660 (Rock Ridge)", "kernel-iso9660-ro.txt", "", false),
        ("ISO 9660 (Joliet)", "kernel-iso9660-ro_norock_utf8.txt", "kernel-iso9660-ro_norock.txt", false),
        ("ISO 9660", "kernel-iso9660-ro_norock_nojoliet.txt", "", true),
    ];

    [Theory]
    [MemberData(nameof(Images))]
    public void A_listing_of_every_tree_agrees_with_the_kernels(string image)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        var path = Path.Combine(CorpusFolder.Images!, image);
        using var file = new ImageFile(path);
        var compared = 0;
        foreach (var (format, judge, other, isFolded) in Trees)
        {
            var expectation = Path.Combine(path + ".expect", judge);
            expectation = File.Exists(expectation) ? expectation : Path.Combine(path + ".expect", other);
            var view = new TreeView(file, hasRockRidge: judge == Trees[0].Judge, hasJoliet: !isFolded);
            var volume = AtSector16([.. VolumeReader.ReadAll(view).Where(found => found.Kind == FileSystemKind.Iso9660)]);
            Assert.NotNull(volume);
            if (volume.Format == format && File.Exists(expectation) && File.ReadLines(expectation).First().EndsWith(": OK", StringComparison.Ordinal))
            {
                compared++;
                var differences = Listing.Compare(Listing.Kernels(expectation, isFolded), Listing.Ours(volume, file, isFolded))
                    .Select(difference => $"{format}: {difference}")
                    .Where(difference => !ExplainedDifferences.Of(image).Any(pattern => Regex.IsMatch(difference, pattern)))
                    .ToList();
                Assert.True(differences.Count == 0, $"{image} ({format}, {judge}):\n{string.Join('\n', differences.Take(20))}");
            }
        }

        Assert.SkipWhen(compared == 0, "the kernel could not mount any of these trees");
    }

    /// <summary>
    /// An image has no table of contents, so that the kernel mounts what the descriptors at sector 16 name: the first session,
    /// or the last one of a medium that has grown, whose first session has its own descriptors further on.
    /// </summary>
    private static IVolume? AtSector16(IReadOnlyList<IVolume> sessions) =>
        sessions switch
        {
            [] => null,
            [{ SessionStart: > 0 }, .., var last] => last,
            [var first, ..] => first,
        };
}
