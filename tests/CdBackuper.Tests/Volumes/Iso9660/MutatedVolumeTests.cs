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
    public void Whatever_is_harmed_the_reader_ends_and_its_numbers_add_up(string options, int seed) =>
        Harm(MadeDisc.Make(options.Split(' ')).Bytes, seed);

    [Theory]
    [InlineData(512, false, 4)]
    [InlineData(2048, true, 5)]
    public void Old_forms_are_harmed_as_well(int blockSize, bool isHighSierra, int seed) => Harm(
        HandMadeDisc.Make(
            blockSize,
            isHighSierra,
            new HandMadeFile("FORK.TXT;1", "resources") { IsAssociated = true, SystemUse = [.. "AA"u8, 14, 2, .. "TEXTttxt"u8, 1, 0] },
            new HandMadeFile("FORK.TXT;1", "data") { AttributeBlocks = 1 },
            new HandMadeFile("UNITS.DAT;1", new string('u', 9000)) { Interleave = (1, 1) },
            new HandMadeFile("SUB") { Children = [new("LAST.TXT;1", "last") { SystemUse = [0, 0, 0, 0, 0x15, 0x55, .. "XA"u8, 1, 0, 0, 0, 0, 0] }] }).Bytes,
        seed);

    [Fact]
    public void Compressed_files_are_harmed_as_well()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("numbers", string.Concat(Enumerable.Range(0, 30_000))).With("zeros", new string('\0', 200_000));
        using var target = new TempFolder();
        Tool.Run(
            "xorriso", "-padding", "0", "-outdev", target["disc.iso"], "-map", source.Path, "/",
            "-find", "/", "-type", "f", "-exec", "set_filter", "--zisofs", "--", "-commit");
        Harm(File.ReadAllBytes(target["disc.iso"]), seed: 6, sectors: 60); // xorriso begins its trees at sector 50
    }

    private static void Harm(byte[] original, int seed, int sectors = Sectors)
    {
        var random = new Random(seed);
        for (var run = 0; run < Runs; run++)
        {
            var disc = new ScratchedDisc((byte[])original.Clone());
            for (var change = random.Next(1, 40); change > 0; change--)
            {
                disc.Bytes[(FirstSector * 2048) + random.Next(Math.Min(sectors * 2048, original.Length - (FirstSector * 2048)))] =
                    (byte)random.Next(256);
            }

            disc.Without([.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)FirstSector + random.Next(sectors))]);
            var volume = VolumeReader.Read(disc);
            var paths = EntryPaths.Assign(volume?.Entries ?? []);

            Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
            Assert.All(
                volume?.Entries.Where(entry => entry.Extents is not null) ?? [],
                entry => Assert.Equal(entry.Size, entry.Preamble.Length + entry.Extents!.Sum(extent => extent.Length)));
        }
    }
}
