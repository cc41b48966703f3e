using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>A short, repeatable run of random harm: bytes changed and sectors lost among the structures.</summary>
public sealed class MutatedMacTests
{
    private const int Runs = 500;

    [Fact]
    public void Whatever_is_harmed_in_HFS_the_reader_ends_and_its_numbers_add_up()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        made.Run("hmkdir", ":folder");
        for (var number = 0; number < 30; number++)
        {
            made.Put($":folder:file {number:d2}", new("TEXTttxt", 0, new byte[700], new byte[number * 20]));
        }

        Harm(made.Image.Bytes, 1024, 60_000, seed: 1);
    }

    [Theory]
    [InlineData(1024, 2)]
    [InlineData(4096, 3)]
    public void Whatever_is_harmed_in_HFS_plus_the_reader_ends_and_its_numbers_add_up(int nodeSize, int seed)
    {
        var made = new PlusDisc(nodeSize: nodeSize) { CatalogBlocksPerRun = 3 };
        var folders = made.Folder(PlusDisc.Root, ".HFS+ Private Directory Data\r");
        var files = made.Folder(PlusDisc.Root, "\0\0\0\0HFS+ Private Data");
        made.Folder(folders, "dir_1");
        made.File(files, "iNode7", new() { Content = new byte[700] });
        for (var number = 0; number < 30; number++)
        {
            made.File(PlusDisc.Root, $"file {number:d2}", new()
            {
                Content = new byte[number * 300],
                BlocksPerRun = 1,
                Finder = (number % 3) switch { 0 => "hlnkhfs+", 1 => "fdrpMACS", _ => "" },
                Special = (uint)number,
                Mode = number % 5 == 2 ? (ushort)0xA1FF : (ushort)0,
                OwnerFlags = (byte)(number % 4 == 2 ? 0x20 : 0),
                Resource = new byte[number],
                Compression = number % 4 == 2 ? [.. "fpmc"u8, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [],
            });
        }

        var bytes = made.Build();
        Harm(bytes, made.CatalogAt, bytes.Length - made.CatalogAt, seed);
        Harm(bytes, 1024, 512, seed);
    }

    private static void Harm(byte[] original, int from, int length, int seed)
    {
        var random = new Random(seed);
        var (listed, clean) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var disc = new ScratchedDisc((byte[])original.Clone());
            for (var change = random.Next(1, 30); change > 0; change--)
            {
                disc.Bytes[from + random.Next(length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            }

            disc.Without([.. Enumerable.Range(0, random.Next(3)).Select(_ => (long)((from + random.Next(length)) / 2048))]);
            foreach (var volume in VolumeReader.ReadAll(disc))
            {
                var paths = EntryPaths.Assign(volume.Entries);
                Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
                Assert.All(volume.Entries, entry =>
                {
                    Assert.True(entry.Extents is null || entry.Size == entry.Preamble.Length + entry.Extents.Sum(extent => extent.Length));
                    Assert.All(entry.Extents ?? [], extent => Assert.True(extent is { Start: >= 0, Length: > 0 and <= 1L << 50 }));
                });
                Assert.True(volume.Structures.Count == 0 || volume.Structures[0].Start >= 0);
                listed += paths.Count;
                clean += volume.Damages.Count == 0 ? 1 : 0;
            }
        }

        Assert.True(listed > Runs && clean < Runs, $"{listed} entries, {clean} without flaws");
    }
}
