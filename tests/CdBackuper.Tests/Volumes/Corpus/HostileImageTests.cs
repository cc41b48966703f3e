using System.Diagnostics;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>Images made to harm a reader: each is read in time, whatever it holds.</summary>
public sealed class HostileImageTests
{
    private const string Absent = "(no corpus)";

    /// <summary>Generous: on an idle machine each takes less than half a second, the start of .NET included.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static IEnumerable<TheoryDataRow<string>> Images() => CorpusFolder.Find("hostile", "*.iso", "*.udf")
        .Concat(CorpusFolder.Find("peer", "*.img", "*.raw", "*.iso"))
        .DefaultIfEmpty(Absent)
        .Select(image => new TheoryDataRow<string>(image));

    [Theory]
    [MemberData(nameof(Images))]
    public void A_hostile_image_is_read_in_time_and_its_numbers_add_up(string image)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        using var file = new ImageFile(Path.Combine(CorpusFolder.Images!, image));
        var clock = Stopwatch.StartNew();
        var volume = VolumeReader.Read(file);
        var paths = volume is null ? [] : EntryPaths.Assign(volume.Entries);
        Assert.True(clock.Elapsed < Limit, $"{image} took {clock.Elapsed}");

        Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
        Assert.All(volume?.Entries ?? [], entry =>
        {
            if (entry.Extents is not null)
            {
                Assert.Equal(entry.Size, entry.Preamble.Length + entry.Extents.Sum(extent => extent.Length));
            }

            Assert.All(entry.Extents ?? [], extent => Assert.True(extent is { Start: >= Extent.Nowhere, Length: > 0 and <= 1L << 50 }));
        });
        Assert.InRange(volume?.Damages.Count ?? 0, 0, 1100);
    }
}
