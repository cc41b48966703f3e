using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Museum;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes;

/// <summary>Time and memory grow with the disc and no faster. Counted, not timed: in sectors asked for and bytes allocated.</summary>
public sealed class ScaleTests
{
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
    public void All_that_is_ever_allocated_for_100000_names_and_their_paths_is_less_than_100_MB()
    {
        var (names, _, bytes) = Read(new ManyNamesDisc(0, 100_000));

        Assert.Equal(100_000, names);
        Assert.InRange(bytes, 1, MostMemory);
    }

    [Fact]
    public void So_it_is_for_100000_names_in_Rock_Ridge_and_Joliet()
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        using var image = new ImageFile(Path.Combine(CorpusFolder.Images!, "synth/rr-joliet-100000-files.iso"));
        var (names, _, bytes) = Read(image);

        Assert.Equal(100_000, names);
        Assert.InRange(bytes, 1, MostMemory);
    }

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
