using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Museum;

/// <summary>What must be true of any disc is true of every image of the corpus, sound or hostile, and with sectors lost.</summary>
public sealed class CorpusSoundnessTests
{
    private const string Absent = "(no corpus)";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static IEnumerable<TheoryDataRow<string>> Images() => CorpusFolder.Find("", "*.iso", "*.udf", "*.img", "*.raw")
        .DefaultIfEmpty(Absent)
        .Select(image => new TheoryDataRow<string>(image));

    [Theory]
    [MemberData(nameof(Images))]
    public async Task An_image_is_read_soundly(string image)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        using var file = new ImageFile(Path.Combine(CorpusFolder.Images!, image));
        await Task.Run(() => SoundReading.Check(file, image.Length), TestContext.Current.CancellationToken)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
    }
}
