using System.Diagnostics;
using System.Text.RegularExpressions;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Every image of the corpus that the Linux kernel mounted as HFS or HFS+, our listing and hashes against its own.</summary>
public sealed class MacCorpusTests
{
    private const string Absent = "(no corpus)";

    private static readonly string[] Judges = ["kernel-hfs-ro.txt", "kernel-hfsplus-ro.txt"];

    /// <summary>The beginning of an image's path, what differs (a pattern), why.</summary>
    private static readonly (string Image, string Difference, string Reason)[] Explained =
    [
        ("peer/dfvfs/", @"^missing \.HFS\+ Private Directory Data", "where folders with hard links lie; no folder of the user's"),
        ("synth/hfsplus", "^time dir1/(pre1970|year2105|year2200): ",
            "the kernel takes dates before 1970, which the disc has, for such after 2040, which it can't have"),
        ("synth/hfsplus", "^extra emoji_", "the kernel can't show names beyond U+FFFF and does not list them"),
    ];

    public static IEnumerable<TheoryDataRow<string, string>> Images() => CorpusFolder.Find("", "*.iso", "*.img", "*.raw")
        .SelectMany(image => Judges.Select(judge => (image, judge)))
        .Where(row => File.Exists(Path.Combine(CorpusFolder.Images!, row.image + ".expect", row.judge)))
        .DefaultIfEmpty((Absent, Absent))
        .Select(row => new TheoryDataRow<string, string>(row.Item1, row.Item2));

    [Theory]
    [MemberData(nameof(Images))]
    public void A_listing_agrees_with_the_kernels(string image, string judge)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        var path = Path.Combine(CorpusFolder.Images!, image);
        var disc = new ScratchedDisc(File.ReadAllBytes(path));
        var kind = judge.Contains("plus", StringComparison.Ordinal) ? FileSystemKind.HfsPlus : FileSystemKind.Hfs;
        var volume = Assert.Single(VolumeReader.ReadAll(disc), volume => volume.Kind == kind);

        // the kernel tells no AppleDouble files, and of HFS modes of its own making
        var theirs = Listing.Kernels(Path.Combine(path + ".expect", judge), isFolded: false);
        theirs.Remove("");
        var differences = Differences(theirs, MacListing.Of(volume, disc))
            .Where(found => !Explained.Any(known =>
                image.StartsWith(known.Image, StringComparison.Ordinal) && Regex.IsMatch(found, known.Difference)))
            .ToList();
        Assert.True(differences.Count == 0, $"{image} ({volume.Format}):\n{string.Join('\n', differences.Take(20))}");
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
        Assert.True(volume.Structures.End <= ByteRange.OfSectors(0, disc.SectorCount).End);
    }

    [Fact]
    public void The_UUID_and_name_are_those_that_blkid_tells()
    {
        var seen = 0;
        foreach (var image in CorpusFolder.Find("peer", "hfs*.img", "hfs*.raw"))
        {
            var path = Path.Combine(CorpusFolder.Images!, image);
            var told = File.ReadLines(Path.Combine(path + ".expect", "blkid.txt")).ToList();
            if (told.Exists(line => line is "TYPE=hfs" or "TYPE=hfsplus"))
            {
                var volume = VolumeReader.Read(new ScratchedDisc(File.ReadAllBytes(path)))!;
                Assert.Equal(told.Find(line => line.StartsWith("UUID=", StringComparison.Ordinal))?[5..], volume.Uuid);
                Assert.Equal(told.Find(line => line.StartsWith("LABEL=", StringComparison.Ordinal))?[6..] ?? volume.VolumeName, volume.VolumeName);
                seen++;
            }
        }

        Assert.SkipWhen(seen == 0, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
    }

    [Fact]
    public void Every_image_is_looked_through_for_Macintosh_volumes_in_time()
    {
        var images = CorpusFolder.Find("", "*.iso", "*.img", "*.raw", "*.udf", "*.bin").ToList();
        Assert.SkipWhen(images.Count == 0, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        foreach (var image in images)
        {
            using var file = new ImageFile(Path.Combine(CorpusFolder.Images!, image));
            var clock = Stopwatch.StartNew();
            var volumes = VolumeReader.ReadAll(file).Where(volume => volume.Kind is FileSystemKind.Hfs or FileSystemKind.HfsPlus).ToList();
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{image} took {clock.Elapsed}");
            Assert.All(volumes, volume =>
            {
                Assert.NotEmpty(volume.Format);
                Assert.All(volume.Entries, entry => Assert.True(
                    entry.Extents is null || entry.Size == entry.Preamble.Length + entry.Extents.Sum(extent => extent.Length)));
            });
        }
    }

    private static IEnumerable<string> Differences(
        Dictionary<string, ListedEntry> theirs, Dictionary<string, ListedEntry> ours)
    {
        foreach (var (name, expected) in theirs)
        {
            if (!ours.TryGetValue(name, out var found))
            {
                yield return $"missing {name}";
                continue;
            }

            if (expected.Modified != found.Modified)
            {
                yield return $"time {name}: {expected.Modified}, ours {found.Modified}";
            }

            // a hash is not told of everything, a mode not by everyone
            var same = expected with { Modified = found.Modified, Hash = expected.Hash ?? found.Hash, Mode = found.Mode ?? expected.Mode };
            if ((found.Mode ?? expected.Mode) != expected.Mode || same != found with { Mode = same.Mode })
            {
                yield return $"differs {name}: {expected}, ours {found}";
            }
        }

        foreach (var name in ours.Keys.Where(name => !theirs.ContainsKey(name)))
        {
            yield return $"extra {name}";
        }
    }
}
