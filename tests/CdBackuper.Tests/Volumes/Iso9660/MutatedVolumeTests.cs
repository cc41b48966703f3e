using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>A short, repeatable run of random harm: bytes changed and sectors lost among the structures.</summary>
public sealed class MutatedVolumeTests
{
    private const int Runs = 400;
    private const int FirstSector = 16;
    private const int Sectors = 30;

    [Theory]
    [InlineData("-R -J", 1)]
    [InlineData("-J", 2)]
    [InlineData("-iso-level 3", 3)]
    public void Whatever_is_harmed_the_reader_ends_and_its_numbers_add_up(string options, int seed)
    {
        var original = MadeDisc.Make(options.Split(' ')).Bytes;
        var random = new Random(seed);
        for (var run = 0; run < Runs; run++)
        {
            var disc = new ScratchedDisc((byte[])original.Clone());
            for (var change = random.Next(1, 40); change > 0; change--)
            {
                disc.Bytes[(FirstSector * 2048) + random.Next(Sectors * 2048)] = (byte)random.Next(256);
            }

            disc.Without([.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)FirstSector + random.Next(Sectors))]);
            var volume = VolumeReader.Read(disc);
            var paths = EntryPaths.Assign(volume?.Entries ?? []);

            Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
            Assert.All(volume?.Entries ?? [], entry => Assert.Equal(entry.Size, entry.Preamble.Length + entry.Extents!.Sum(extent => extent.Length)));
        }
    }
}
