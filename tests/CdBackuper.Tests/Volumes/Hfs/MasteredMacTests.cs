using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Hybrid discs as public tools master them: the Macintosh side against the files it was made of.</summary>
public sealed class MasteredMacTests
{
    private static readonly byte[] Resource = [.. Enumerable.Range(0, 5000).Select(index => (byte)(index * 31))];

    public static TheoryData<string, string> Masters => new()
    {
        { "genisoimage", "-quiet -hfs -R --netatalk" },
        { "genisoimage", "-quiet -hfs -part -J --netatalk" },
        { "xorriso", "-as mkisofs -quiet -hfsplus -R" },
        { "xorriso", "-as mkisofs -quiet -hfsplus -hfsplus-block-size 512 -apm-block-size 512" },
    };

    [Theory]
    [MemberData(nameof(Masters))]
    public void Every_file_of_a_hybrid_is_on_its_Macintosh_side(string tool, string options)
    {
        Tool.Require(tool);
        using var source = Tree();
        var disc = Make(tool, options, source);
        var volume = Assert.Single(VolumeReader.ReadAll(disc), volume => volume.Kind != FileSystemKind.Iso9660);
        AssertSame(source, disc, volume);
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
    }

    [Fact]
    public void Resource_forks_that_genisoimage_took_from_netatalk_come_back_as_AppleDouble()
    {
        Tool.Require("genisoimage");
        using var source = Tree();
        Directory.CreateDirectory(source["holiday/.AppleDouble"]);
        byte[] finder = [.. "PICTogle"u8, 0x40, 0, .. new byte[22]];
        File.WriteAllBytes(source["holiday/.AppleDouble/picture.jpg"],
        [
            0, 5, 0x16, 7, 0, 1, 0, 0, .. new byte[16], 0, 2,
            0, 0, 0, 9, 0, 0, 0, 50, 0, 0, 0, 32,
            0, 0, 0, 2, 0, 0, 0, 82, 0, 0, 0x13, 0x88,
            .. finder, .. Resource,
        ]);
        var disc = Make("genisoimage", "-quiet -hfs --netatalk", source);
        var volume = Assert.Single(VolumeReader.ReadAll(disc), volume => volume.Kind == FileSystemKind.Hfs);
        var twin = Assert.Single(volume.Entries, entry => entry.Name == "._picture.jpg");

        Assert.Equal("holiday", twin.Parent!.Name);
        Assert.Equal(Resource, disc.Content(twin)[82..]);
        Assert.Equal("PICTogle", Encoding.ASCII.GetString(disc.Content(twin), 50, 8));
    }

    [Theory]
    [InlineData("genisoimage", "-quiet -hfs -R")]
    [InlineData("genisoimage", "-quiet -hfs -part")]
    [InlineData("xorriso", "-as mkisofs -quiet -hfsplus")]
    public void Lost_sectors_of_a_hybrid_do_not_lose_files(string tool, string options)
    {
        Tool.Require(tool);
        using var source = Tree();
        var disc = Make(tool, options, source);
        var intact = Assert.Single(VolumeReader.ReadAll(disc), volume => volume.Kind != FileSystemKind.Iso9660);
        var headers = intact.Structures.SelectMany(range => new[] { range.Start, range.End - 1 }).Min() / Sector.Size;
        foreach (var sector in Enumerable.Range((int)headers, 40))
        {
            var hurt = new ScratchedDisc(disc.Bytes).Without(sector);
            var volume = VolumeReader.ReadAll(hurt).FirstOrDefault(volume => volume.Kind == intact.Kind);
            Assert.NotNull(volume);
            if (!intact.Structures.Within(ByteRange.OfSectors(sector, 1)).Any())
            {
                AssertSame(source, disc, volume);
            }
        }
    }

    [Theory]
    [InlineData("genisoimage", "-quiet -hfs -R")]
    [InlineData("genisoimage", "-quiet -hfs -part")]
    [InlineData("xorriso", "-as mkisofs -quiet -hfsplus")]
    public void A_blank_first_sector_of_a_hybrid_does_not_lose_its_Macintosh_side(string tool, string options)
    {
        Tool.Require(tool);
        using var source = Tree().With("large", new string('l', 1_000_000)); // that the volume is most of the disc, for all padding
        var disc = Make(tool, options, source);
        var volume = Assert.Single(VolumeReader.ReadAll(disc.Blank(0)), volume => volume.Kind != FileSystemKind.Iso9660);
        AssertSame(source, disc, volume);
        Assert.Contains(volume.Damages, damage => damage.Id is DamageIds.HfsHeaderLost or DamageIds.HfsPartitionLost);
    }

    private static void AssertSame(TempFolder source, ScratchedDisc disc, IVolume volume)
    {
        var entries = MacListing.Paths(volume).ToDictionary(row => row.Path, row => row.Entry);
        foreach (var file in new DirectoryInfo(source.Path).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var entry = entries[Path.GetRelativePath(source.Path, file.FullName)];
            Assert.Equal(File.ReadAllBytes(file.FullName), disc.Content(entry));
            Assert.Equal(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds(), entry.Modified!.Value.ToUnixTimeSeconds());
        }
    }

    private static TempFolder Tree() => new TempFolder()
        .With("readme.txt", "hello")
        .With("empty", "")
        .With("holiday/picture.jpg", new string('p', 70_000))
        .With("holiday/1999/more/deep.txt", "deep", DateTimeOffset.FromUnixTimeSeconds(920_000_000));

    private static ScratchedDisc Make(string tool, string options, TempFolder source)
    {
        using var target = new TempFolder();
        Tool.Run(tool, [.. options.Split(' '), "-V", "HYBRID", "-o", target["disc.iso"], source.Path]);
        return new(File.ReadAllBytes(target["disc.iso"]));
    }
}
