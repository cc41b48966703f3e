using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Museum;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes;

/// <summary>Time and memory grow with the disc and no faster. Counted, not timed: in sectors asked for and bytes allocated.</summary>
public sealed class ScaleTests
{
    private const string ImageVariable = "CDBACKUPER_TEST_IMAGE";
    private const long MostMemory = 100_000_000;

    /// <summary>Tables that double when they are full make one step dearer than the other.</summary>
    private const double Doubled = 2.4;

    /// <summary>What a longer disc may cost beside its directories: a look at more places where a file system may begin.</summary>
    private const long FewSectors = 300;

    private readonly (int Names, long Sectors, long Bytes) smallest = Read(new ManyNamesDisc(0, 1));

    [Theory]
    [InlineData(0, 20_000, false)]
    [InlineData(10_000, 1, false)]
    [InlineData(3_000, 1, true)]
    public void Twice_the_names_take_twice_the_reads_and_twice_the_memory(int folders, int files, bool isChain)
    {
        var (names, sectors, bytes) = Read(new ManyNamesDisc(folders, files, isChain));
        var (moreNames, moreSectors, moreBytes) = Read(folders == 0 ? new ManyNamesDisc(0, 2 * files) : new ManyNamesDisc(2 * folders, files, isChain));

        Assert.Equal(folders + ((folders + 1) * files), names);
        Assert.InRange(moreNames, 2 * names - 1, 2 * names);
        AssertTwice(sectors - smallest.Sectors, moreSectors - smallest.Sectors, "sectors");
        AssertTwice(bytes - smallest.Bytes, moreBytes - smallest.Bytes, "bytes");
    }

    [Fact]
    public void A_directory_is_read_once()
    {
        var disc = new ManyNamesDisc(2000, 100);
        Assert.InRange(Read(disc).Sectors - smallest.Sectors, disc.DirectorySectors - 1, disc.DirectorySectors + FewSectors);
    }

    [Fact]
    public void A_disc_of_100000_names_is_listed_within_100_MB() => ListWithin(MostMemory, "");

    [Fact]
    public void So_is_one_of_100000_names_in_Rock_Ridge_and_Joliet()
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        ListWithin(MostMemory, Path.Combine(CorpusFolder.Images!, "synth/rr-joliet-100000-files.iso"));
    }

    [Fact]
    public void What_needs_more_memory_than_it_may_have_would_be_noticed() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ListWithin(MostMemory / 5, ""));

    [Fact(Explicit = true)]
    public void Program_that_lists_100000_names()
    {
        var image = Environment.GetEnvironmentVariable(ImageVariable);
        Assert.SkipWhen(image is null, "this is no test, others start it in a process of its own");
        using var file = image.Length == 0 ? null : new ImageFile(image);
        Assert.Equal(100_000, Read(file ?? (ISectorSource)new ManyNamesDisc(0, 100_000)).Names);
    }

    /// <summary>The runtime ends a process whose objects need more than it was told, the test runner's among them.</summary>
    private static void ListWithin(long bytes, string image) => Tool.Run(
        "env",
        string.Create(CultureInfo.InvariantCulture, $"DOTNET_GCHeapHardLimit=0x{bytes:X}"),
        $"{ImageVariable}={image}",
        Environment.ProcessPath!, "-explicit", "only", "-method", $"{typeof(ScaleTests).FullName}.{nameof(Program_that_lists_100000_names)}");

    private static void AssertTwice(long one, long two, string unit) =>
        Assert.True(two <= (Doubled * one) + FewSectors, $"{one}, then {two} {unit}");

    private static (int Names, long Sectors, long Bytes) Read(ISectorSource disc)
    {
        var counted = new CountedSectors(disc, long.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = VolumeReader.Read(counted);
        Assert.NotNull(content);
        var paths = EntryPaths.Assign(content.Entries);
        return (paths.Count, counted.Asked, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
