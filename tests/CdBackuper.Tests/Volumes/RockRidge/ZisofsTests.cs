using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.RockRidge;

/// <summary>Compressed files as xorriso writes them; what goes in must come out.</summary>
public sealed class ZisofsTests
{
    private static readonly string Numbers = string.Concat(
        Enumerable.Range(0, 40_000).Select(number => number.ToString("D5", CultureInfo.InvariantCulture)));

    private static readonly string Zeros = new('\0', 300_000);
    private static readonly string Holes = $"{new string('\0', 1 << 18)}middle{new string('\0', 1 << 18)}end";

    [Theory]
    [InlineData("version_2=off:block_size=32k")]
    [InlineData("version_2=off:block_size=128k")]
    [InlineData("version_2=on:block_size_v2=32k")]
    [InlineData("version_2=on:block_size_v2=1m")]
    public void A_compressed_file_has_its_own_size_and_content(string zisofs)
    {
        using var made = Made(zisofs);
        using var image = new ImageFile(made["disc.iso"]);
        var volume = VolumeReader.Read(image)!;

        Assert.Empty(volume.Damages);
        foreach (var (name, content) in new[] { ("numbers", Numbers), ("zeros", Zeros), ("holes", Holes), ("tiny", "t") })
        {
            Assert.Equal(content.Length, volume.Entry(name).Size);
            Assert.Equal(HashOf(content), image.Hash(volume.Entry(name)));
        }

        Assert.Equal([new Extent(Extent.Nowhere, Zeros.Length)], volume.Entry("zeros").Extents);
        Assert.Contains(volume.Entry("numbers").Extents!, extent => extent.IsCoded);
        Assert.True(volume.Entry("numbers").Extents!.Sum(extent => extent.Stored.Length) < Numbers.Length / 2);
    }

    [Fact]
    public void Header_and_table_count_as_structures()
    {
        var (disc, volume) = Harmed(0, 0);
        var first = volume.Entry("numbers").Extents![0];
        Assert.True(volume.Structures.Contains(new ByteRange(first.Start / 2048 * 2048, first.Start % 2048)));
        Assert.False(volume.Structures.Contains(new ByteRange(first.Start, 1)));
        Assert.Equal(disc.Bytes.Length / 2048, disc.SectorCount);
    }

    [Theory]
    [InlineData(0)] // magic
    [InlineData(8)] // size
    [InlineData(12)] // header size
    [InlineData(13)] // block size
    [InlineData(16 + 2)] // the first pointer, by 64 KiB
    [InlineData(16 + 7)] // the second pointer, by 2 GiB
    public void Where_the_header_or_the_table_contradicts_the_file_is_listed_as_stored(int at)
    {
        var (_, sound) = Harmed(0, 0);
        var (_, volume) = Harmed(at, 0xB1);

        var stored = sound.Entry("numbers").Extents![0].Start / 2048 * 2048;
        var only = Assert.Single(volume.Entry("numbers").Extents!);
        Assert.Equal(stored, only.Start);
        Assert.False(only.IsCoded);
        Assert.Equal(volume.Entry("numbers").Size, only.Length);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.RockRidgeEncoded);
    }

    [Fact]
    public void A_lost_table_leaves_the_file_as_stored()
    {
        var (disc, sound) = Harmed(0, 0);
        disc.Without(sound.Entry("numbers").Extents![0].Start / 2048);
        Assert.False(disc.Read().Entry("numbers").Extents![0].IsCoded);
    }

    [Fact]
    public void A_lost_directory_does_not_double_a_compressed_file_by_way_of_the_Joliet_tree()
    {
        using var made = Made("version_2=off", "-joliet", "on");
        var disc = new ScratchedDisc(File.ReadAllBytes(made["disc.iso"]));
        var whole = disc.Read();
        var end = (int)disc.RootOf(16) * 2048;
        while (disc.Bytes[end] > 0)
        {
            end += disc.Bytes[end];
        }

        disc.Bytes[end] = 1; // a record of no possible length: names may be missing, and so Joliet is asked
        var harmed = disc.Read();

        Assert.True(harmed.IsIncomplete);
        Assert.Equal(whole.Entries.Select(entry => entry.Name), harmed.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("version_2=off:block_size=32k")]
    [InlineData("version_2=on:block_size_v2=32k")]
    public void A_compressed_file_whose_record_is_lost_is_decoded_by_its_own_header(string zisofs)
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("folder/numbers", Numbers).With("zeros", Holes);
        using var made = new TempFolder();
        Tool.Run(
            "xorriso", "-zisofs", zisofs, "-outdev", made["disc.iso"], "-joliet", "on", "-map", source.Path, "/",
            "-find", "/", "-type", "f", "-exec", "set_filter", "--zisofs", "--", "-commit");
        var bytes = File.ReadAllBytes(made["disc.iso"]);
        var root = (int)new ScratchedDisc(bytes).RootOf(16);
        // The root, or both copies of the primary descriptor: Joliet has its names.
        foreach (var lost in new long[][] { [root], [16, 48] })
        {
            var disc = new ScratchedDisc(bytes).Without(lost);
            var volume = VolumeReader.Read(disc)!;
            var content = new byte[Numbers.Length];
            Assert.Equal(Numbers.Length, volume.Entry("numbers").Size);
            Assert.True(new FileContent(disc, volume.Entry("numbers")).TryRead(0, content));
            Assert.Equal(Numbers, System.Text.Encoding.Latin1.GetString(content));
            Assert.Equal(Holes.Length, volume.Entry("zeros").Size);
            Assert.True(volume.IsIncomplete || volume.Structures.Contains(ByteRange.OfSectors(lost[0], 1)));
        }
    }

    [Fact]
    public void Version_2_of_the_corpus_holds_what_version_1_holds()
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        using var old = new ImageFile(Path.Combine(CorpusFolder.Images!, "synth/rr-zisofs1-xorriso.iso"));
        using var young = new ImageFile(Path.Combine(CorpusFolder.Images!, "synth/rr-zisofs2-xorriso.iso"));
        Assert.Equal(Contents(old), Contents(young));
    }

    private static List<string> Contents(ImageFile image) =>
        [.. VolumeReader.Read(image)!.Entries.Select(entry => $"{entry.Name} {entry.Size} {image.Hash(entry)}")];

    /// <summary>A disc with one byte of the header or table of "numbers" changed.</summary>
    private static (ScratchedDisc Disc, IVolume Volume) Harmed(int at, byte change)
    {
        using var made = Made("version_2=off:block_size=32k");
        var disc = new ScratchedDisc(File.ReadAllBytes(made["disc.iso"]));
        var start = (int)disc.Read().Entry("numbers").Extents![0].Start / 2048 * 2048;
        disc.Bytes[start + at] ^= change;
        return (disc, disc.Read());
    }

    private static TempFolder Made(string zisofs, params string[] options)
    {
        Tool.Require("xorriso");
        using var source = new TempFolder()
            .With("numbers", Numbers).With("zeros", Zeros).With("holes", Holes).With("tiny", "t");
        var target = new TempFolder();
        Tool.Run("xorriso", [
            "-zisofs", zisofs, "-outdev", target["disc.iso"], .. options, "-map", source.Path, "/",
            "-find", "/", "-type", "f", "-exec", "set_filter", "--zisofs", "--", "-commit"]);
        return target;
    }

    private static string HashOf(string content) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.Latin1.GetBytes(content)));
}
