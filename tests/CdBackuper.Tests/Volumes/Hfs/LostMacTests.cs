using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Volumes of which neither header nor copy is left, nor a word of the partition map.</summary>
public sealed class LostMacTests
{
    private const string Sizes = "sizes that tell the blocks' own";
    private static readonly byte[] Noise = [.. Enumerable.Range(0, 90_000).Select(index => (byte)(index * 7919 >> 4))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HFS_is_read_by_its_catalog_where_the_tree_of_extents_stands_before_it(bool isBlank)
    {
        using var made = new HfsUtilsDisc(6000, "A volume");
        made.Run("hmkdir", ":folder");
        for (var number = 0; number < 50; number++)
        {
            made.Put($":folder:file {Text(number)}", new("TEXTttxt", 0, Noise[..(number * 300)], number == 7 ? Resource(500) : []));
        }

        AssertReadable(made.Image.Bytes, isBlank, "A volume");
    }

    [Theory]
    [InlineData(512, 1024, true)]
    [InlineData(2048, 4096, false)]
    [InlineData(4096, 8192, true)]
    public void HFS_plus_is_read_by_its_catalog_where_its_files_tell_the_size_of_a_block(int blockSize, int nodeSize, bool isBlank)
    {
        var made = new PlusDisc(blockSize: blockSize, nodeSize: nodeSize);
        var folder = made.Folder(PlusDisc.Root, "folder");
        for (var number = 0; number < 40; number++)
        {
            made.File(folder, $"file {Text(number)}", new() { Content = Noise[..(number * 700)], Resource = number == 7 ? Resource(500) : [] });
        }

        made.File(folder, Sizes, new() { Content = Noise, BlocksPerRun = 2 });
        AssertReadable(made.Build("A volume"), isBlank, "A volume");
    }

    [Theory]
    [InlineData("genisoimage", "-quiet -hfs -R")]
    [InlineData("genisoimage", "-quiet -hfs -part -J")]
    [InlineData("xorriso", "-as mkisofs -quiet -hfsplus -R")]
    public void The_Macintosh_side_of_a_hybrid_is_found_by_the_files_that_it_shares_with_the_other(string tool, string options)
    {
        Tool.Require(tool);
        using var source = new TempFolder();
        using var target = new TempFolder();
        for (var number = 0; number < 20; number++)
        {
            source.With($"folder/file {Text(number)}", new string('x', 1000 * (number % 15)));
        }

        Tool.Run(tool, [.. options.Split(' '), "-V", "HYBRID", "-o", target["disc.iso"], source.Path]);
        AssertReadable(File.ReadAllBytes(target["disc.iso"]), isBlank: true, "HYBRID");
    }

    [Fact]
    public void A_partition_whose_volume_has_no_header_is_read_where_the_map_says_that_it_lies()
    {
        var made = new PlusDisc();
        made.File(PlusDisc.Root, Sizes, new() { Content = Noise });
        var inner = made.Build();
        var intact = MacDisc.Mapped(512, 512, inner);
        var place = (64 << 10) / Sector.Size;
        var volume = Assert.Single(VolumeReader.ReadAll(MacDisc.Mapped(512, 512, inner).Blank(place, place + (inner.Length / Sector.Size) - 1)));
        Assert.Equal(intact.Read().Entry(Sizes).Extents, volume.Entry(Sizes).Extents);
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_volume_whose_blocks_nobody_knows_is_said_to_be_missing(bool isFork)
    {
        // each size of block fits; or one does, but where resource forks should begin none does
        var made = new PlusDisc();
        for (var number = 0; number < 30; number++)
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new() { Content = Noise[..(isFork ? number * 700 : 1)], Resource = isFork ? Noise[50..900] : [] });
        }

        var volume = Assert.Single(VolumeReader.ReadAll(WithoutHeaders(made.Build(), isBlank: true)));
        Assert.Empty(volume.Entries);
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Fact]
    public void A_hybrid_whose_sides_share_no_file_that_can_be_told_is_said_to_lack_one()
    {
        Tool.Require("genisoimage");
        using var source = new TempFolder().With("a.txt", new string('a', 3000)).With("b.txt", new string('b', 3000)).With("c.txt", new string('c', 5000));
        using var target = new TempFolder();
        Tool.Run("genisoimage", "-quiet", "-hfs", "-R", "-hide-hfs", "*c.txt", "-o", target["disc.iso"], source.Path);
        var volume = Mac(WithoutHeaders(File.ReadAllBytes(target["disc.iso"]), isBlank: true));
        Assert.NotNull(volume);
        Assert.Empty(volume.Entries);
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    private static void AssertReadable(byte[] bytes, bool isBlank, string name)
    {
        var intact = Mac(new ScratchedDisc([.. bytes]))!;
        var volume = Mac(WithoutHeaders(bytes, isBlank));
        Assert.NotNull(volume);
        Assert.Equal(intact.Entries.Select(Line), volume.Entries.Select(Line));
        Assert.Equal((name, intact.Kind), (volume.VolumeName, volume.Kind));
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage is { Id: DamageIds.HfsHeaderLost, Sector: 0 });
    }

    private static IVolume? Mac(ScratchedDisc disc) =>
        VolumeReader.ReadAll(disc).SingleOrDefault(volume => volume.Kind is FileSystemKind.Hfs or FileSystemKind.HfsPlus);

    /// <summary>Whatever begins like a header of a volume or an entry of a map is lost, and the first sector.</summary>
    private static ScratchedDisc WithoutHeaders(byte[] bytes, bool isBlank)
    {
        var lost = new SortedSet<long> { 0 };
        for (var at = 0; at + 512 <= bytes.Length; at += 512)
        {
            if (bytes.AsSpan(at, 2) is [(byte)'B', (byte)'D'] or [(byte)'H', (byte)'+'] or [(byte)'P', (byte)'M'])
            {
                lost.Add(at / Sector.Size);
            }
        }

        var disc = new ScratchedDisc([.. bytes]);
        return isBlank ? disc.Blank([.. lost]) : disc.Without([.. lost]);
    }

    private static byte[] Resource(int length) => [0, 0, 1, 0, 0, 0, 1, 0x80, 0, 0, 0, 0x80, 0, 0, 0, 50, .. new byte[length - 16]];

    private static string Line(FileEntry entry) => $"{entry.Parent?.Name}/{entry.Name} {string.Join(' ', entry.Extents?.Select(extent => $"{extent.Start}+{extent.Length}") ?? ["lost"])}";

    private static string Text(int number) => number.ToString("d2", CultureInfo.InvariantCulture);
}
