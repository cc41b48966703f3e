using System.Diagnostics;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;
using CdBackuper.Tests.Volumes.Iso9660;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Discs made to harm a reader, and discs harmed at random.</summary>
public sealed class HostileUdfTests
{
    private const string Absent = "(no corpus)";
    private const int Mutations = 250;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static IEnumerable<TheoryDataRow<string>> Images() => CorpusFolder.Find("hostile", "*.udf")
        .DefaultIfEmpty(Absent)
        .Select(image => new TheoryDataRow<string>(image));

    /// <summary>What Linux can list is there; what it gives up on may be there too.</summary>
    [Theory]
    [MemberData(nameof(Images))]
    public void What_the_kernel_lists_of_a_hostile_image_is_listed(string image)
    {
        Assert.SkipWhen(image == Absent, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        var path = Path.Combine(CorpusFolder.Images!, image);
        using var file = new ImageFile(path);
        var clock = Stopwatch.StartNew();
        var volumes = VolumeReader.ReadAll(file);
        Assert.True(clock.Elapsed < Limit, $"{image} took {clock.Elapsed}");

        var kernel = path + ".expect/kernel-udf-ro.txt";
        var listed = File.Exists(kernel) ? File.ReadLines(kernel).Where(line => line.Split('|') is { Length: 8 }) : [];
        var names = volumes.SelectMany(volume => MadeUdf.Paths(volume).Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var line in listed.Distinct(StringComparer.Ordinal))
        {
            var name = line.Split('|')[7].Trim('\'').Split("' -> ")[0];
            Assert.True(name == "." || names.Contains(name[2..]), $"{image}: {name} is missing");
        }
    }

    [Fact]
    public void A_folder_that_holds_itself_is_listed_once()
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        var folder = maker.Root.Folder("folder");
        folder.Names.Add(new(UdfFields.Compress("itself"), folder, 2));
        folder.Names.Add(new(UdfFields.Compress("root"), maker.Root, 2));
        folder.Add("file", MadeUdf.Bytes("content"));
        var volume = new ScratchedDisc(maker.WriteSession()).ReadUdf();

        Assert.Equal(4, volume.Entries.Count);
        Assert.Equal(2, volume.Damages.Count(damage => damage.Id == DamageIds.UdfDirectoryRepeated));
    }

    [Theory]
    [InlineData(259)] // an indirect entry that leads to itself
    [InlineData(258)] // a list of extents that goes on in itself
    public void A_chain_that_leads_to_itself_ends(int tag)
    {
        var maker = new UdfDiscMaker(UdfLayout.Plain);
        var node = maker.Root.Add("file", new UdfNode { Content = MadeUdf.Pattern(5 * 2048, 1), BlocksPerExtent = 1, DescriptorsPerPlace = 2 });
        maker.Root.Add("other", MadeUdf.Bytes("other"));
        var disc = new ScratchedDisc(maker.WriteSession());
        var sectors = Enumerable.Range(0, disc.Bytes.Length / 2048).ToList();
        var block = (tag == 259 ? (int)node.Icb : sectors.First(sector => BitConverter.ToUInt16(disc.Bytes, sector * 2048) == tag) - UdfSpace.PartitionStart);
        var fields = tag == 259
            ? new UdfFields(2048).Word(20, 4096).Byte(27, 3).LongAd(36, 2048, block, 0)
            : new UdfFields(2048).Long(20, 16).LongAd(24, (3L << 30) | 2048, block, 0);
        fields.Seal(tag, block).Bytes.CopyTo(disc.Bytes, (UdfSpace.PartitionStart + block) * 2048);

        var clock = Stopwatch.StartNew();
        var volume = disc.ReadUdf();
        Assert.True(clock.Elapsed < Limit, $"{clock.Elapsed}");
        Assert.Equal("other", disc.Text(volume.Entry("other")));
        Assert.NotEmpty(volume.Damages);
    }

    [Fact]
    public void A_table_that_names_itself_as_the_one_before_ends()
    {
        var maker = MadeUdf.Make(UdfLayout.Virtual);
        var disc = new ScratchedDisc(maker.WriteSession());
        var content = (int)(UdfSpace.PartitionStart + maker.TableBlock - 1) * 2048;
        new UdfFields(4).Long(0, maker.TableBlock).Bytes.CopyTo(disc.Bytes, content + 132);
        Assert.NotEmpty(disc.ReadUdf().Entries);
    }

    [Fact]
    public void A_hundred_thousand_files_take_little_time()
    {
        const int Files = 100_000;
        var maker = new UdfDiscMaker(UdfLayout.Plain, 0x0201, blockSize: 512);
        var folder = maker.Root.Folder("many");
        for (var index = 0; index < Files; index++)
        {
            folder.Add($"some file's name {index:D6}.jpg", [1, 2, 3], form: 3);
        }

        var disc = new ScratchedDisc(maker.WriteSession());
        var clock = Stopwatch.StartNew();
        var volume = disc.ReadUdf();
        Assert.True(clock.Elapsed < Limit, $"{clock.Elapsed}");
        Assert.Equal(Files + 1, volume.Entries.Count);
    }

    [Theory]
    [InlineData("Plain", 0x0102, 2048, 1)]
    [InlineData("Plain", 0x0201, 512, 2)]
    [InlineData("Virtual", 0x0150, 2048, 3)]
    [InlineData("Virtual", 0x0201, 2048, 4)]
    [InlineData("Sparable", 0x0201, 2048, 5)]
    [InlineData("Metadata", 0x0250, 2048, 6)]
    public void Whatever_is_harmed_the_reader_ends_and_its_numbers_add_up(string layout, int revision, int blockSize, int seed)
    {
        var original = MadeUdf.Make(Enum.Parse<UdfLayout>(layout), revision, blockSize).WriteSession();
        var random = new Random(seed);
        for (var run = 0; run < Mutations; run++)
        {
            var disc = new ScratchedDisc((byte[])original.Clone());
            var isSealed = run % 2 == 0; // as a fuzzer can't, with right check sums
            for (var change = random.Next(1, 30); change > 0; change--)
            {
                Harm(disc.Bytes, random, blockSize, isSealed);
            }

            disc.Without([.. Enumerable.Range(0, random.Next(4)).Select(_ => 96 + (long)random.Next((original.Length / 2048) - 96))]);
            var volumes = VolumeReader.ReadAll(disc);
            foreach (var volume in volumes)
            {
                var paths = EntryPaths.Assign(volume.Entries);
                Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
                Assert.All(
                    volume.Entries,
                    entry => Assert.True(entry.Extents is null || entry.Size == entry.Extents.Sum(extent => extent.Length)));
                Assert.All(
                    volume.Entries,
                    entry => Assert.All(entry.Extents ?? [], extent => Assert.True(extent is { Start: >= Extent.Nowhere, Length: > 0 })));
            }
        }
    }

    /// <summary>
    /// Changes a byte or a number, and in half of the runs makes the descriptor's checks right again.
    /// </summary>
    private static void Harm(byte[] image, Random random, int blockSize, bool isSealed)
    {
        var block = (64 * 2048 / blockSize) + random.Next((image.Length - (64 * 2048)) / blockSize);
        var bytes = image.AsSpan(block * blockSize, blockSize);
        if (bytes[..16].IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }

        var at = random.Next(16, Math.Min(blockSize, 600) - 8);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.Slice(at, 4).Fill(0xFF);
                break;
            case 2:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.Slice(at, 8).Clear();
                break;
        }

        var id = BitConverter.ToUInt16(bytes);
        int crcLength = BitConverter.ToUInt16(bytes[10..]);
        if (isSealed && id is > 0 and < 300 && crcLength + 16 <= blockSize)
        {
            var location = BitConverter.ToUInt32(bytes[12..]);
            new UdfFields(blockSize).Put(0, bytes).Seal(id, location, crcLength + 16).Bytes.CopyTo(bytes);
        }
    }
}
