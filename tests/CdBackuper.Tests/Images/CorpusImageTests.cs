using System.Security.Cryptography;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using CdBackuper.Tests.Sectors.Raw;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Images;

/// <summary>Raw images that nobody here wrote.</summary>
public sealed class CorpusImageTests
{
    private const string NoCorpus = "the corpus does not lie beside the repository";

    [Theory]
    [InlineData("raw-mixed.cue", "1 Mode1 0-199 @0/2352; 2 Sound 349-649 @820848/2352; 3 Sound 649-849 @1526448/2352")]
    [InlineData("raw-mixed.toc", "1 Mode1 0-199 @0/2352; 2 Sound 349-649 @820848/2352; 3 Sound 649-849 @1526448/2352")]
    [InlineData("raw-mixed.ccd", "1 Mode1 0-199 @0/2352; 2 Sound 349-649 @820848/2352; 3 Sound 649-849 @1526448/2352")]
    [InlineData("raw-mixed.bin", "1 Mode1 0-199 @0/2352; 2 Sound 199-849 @468048/2352")]
    [InlineData("raw-mixed-t1.bin", "1 Mode1 0-199 @0/2352")]
    [InlineData("raw-multifile.cue", "1 Mode1 0-199 @0/2352; 2 Sound 349-649 @0/2352 f1; 3 Sound 649-849 @0/2352 f2")]
    [InlineData("raw-cdextra.cue", "s1 1 Sound 0-300 @0/2352; s2 2 Mode2 11700-11939 @0/2352 f1")]
    [InlineData("raw-cdextra-data.bin", "1 Mode2 11700-11939 @0/2352")]
    [InlineData("raw-xa-mode2.cue", "1 Mode2 0-239 @0/2352")]
    [InlineData("raw-xa-mode2.bin", "1 Mode2 0-239 @0/2352")]
    [InlineData("raw-xa-mode2-2336.cue", "1 Mode2 0-239 @0/2336")]
    [InlineData("raw-xa-mode2-2336.bin", "1 Mode2 0-239 @0/2336")]
    [InlineData("raw-xa-form2-tail.cue", "1 Mode2 0-239 @0/2352; 2 Mode2 239-314 @562128/2352")]
    public void Tracks_are_found_where_they_are(string name, string expected) =>
        Assert.Equal(expected, Sheets.Describe(Open(name).Layout));

    [Theory]
    [InlineData("raw-mixed.cue", "raw-mixed-t1.bin")]
    [InlineData("raw-mixed.ccd", "raw-mixed-t1.bin")]
    [InlineData("raw-mixed.toc", "raw-mixed-t1.bin")]
    [InlineData("raw-multifile.cue", "raw-mixed.bin")]
    [InlineData("raw-xa-mode2.cue", "raw-xa-mode2-2336.cue")]
    public void The_same_disc_reads_the_same_from_every_description(string name, string other) =>
        Assert.Equal(HashOfData(Open(name)), HashOfData(Open(other)));

    [Fact]
    public void A_second_session_gives_the_bytes_of_its_plain_image()
    {
        var image = Open("raw-cdextra.cue");
        var plain = File.ReadAllBytes(Path.Combine(CorpusFolder.Images!, "synth", "raw-cdextra.iso"));
        var read = new byte[plain.Length];
        Assert.True(image.Sectors.TryRead(11_700, read));
        Assert.True(plain.AsSpan().SequenceEqual(read));
        Assert.False(image.Sectors.TryRead(0, new byte[Sector.Size]));
        Assert.False(image.Sectors.TryRead(11_699, new byte[Sector.Size]));
        Assert.Equal(11_939, image.Sectors.SectorCount);
        Assert.Equal((11_700, 11_939), (image.Layout.ToToc()!.LastSessionStart, image.Layout.ToToc()!.LeadOutSector));
    }

    [Fact]
    public void A_damaged_sector_is_put_right_or_unreadable()
    {
        var (damaged, whole) = (Open("raw-mixed-damaged.cue").Sectors, Open("raw-mixed-t1.bin").Sectors);
        var (left, right) = (new byte[Sector.Size], new byte[Sector.Size]);
        for (var sector = 0L; sector < whole.SectorCount; sector++)
        {
            Assert.True(whole.TryRead(sector, right));
            var isRead = damaged.TryRead(sector, left);
            Assert.Equal(sector != 21, isRead);
            Assert.True(!isRead || left.AsSpan().SequenceEqual(right));
        }

        Assert.Equal((1, 1), (damaged.Log.Count(SectorState.Corrected), damaged.Log.Count(SectorState.Bad)));
        Assert.Equal(
            ["1 sector was wrong and was put right by its ECC: 20", "1 sector is wrong and can't be put right: 21"], damaged.Log.Describe());
        Assert.Empty(whole.Log.Describe());
    }

    [Fact]
    public void Sectors_of_form_2_are_unreadable_and_counted()
    {
        var sectors = Open("raw-xa-form2-tail.cue").Sectors;
        var buffer = new byte[Sector.Size];
        Assert.True(sectors.TryRead(238, buffer));
        for (var sector = 239; sector < 314; sector++)
        {
            Assert.False(sectors.TryRead(sector, buffer));
        }

        Assert.Equal(75, sectors.Log.Count(SectorState.Form2));
    }

    [Fact]
    public void Sectors_made_from_the_standard_are_those_of_the_corpus()
    {
        var image = File.ReadAllBytes(PathOf("raw-mixed-t1.bin"));
        var xa = File.ReadAllBytes(PathOf("raw-xa-form2-tail.bin"));
        for (var sector = 0; sector < 199; sector += 7)
        {
            var mode1 = image.AsSpan(sector * RawSectorWriter.Size, RawSectorWriter.Size);
            Assert.True(mode1.SequenceEqual(RawSectorWriter.Mode1(mode1.Slice(16, 2048), sector)));
            var form1 = xa.AsSpan(sector * RawSectorWriter.Size, RawSectorWriter.Size);
            Assert.True(form1.SequenceEqual(RawSectorWriter.Form1(form1.Slice(24, 2048), sector)));
        }
    }

    private static RawImage Open(string name) => RawImage.Open(PathOf(name));

    private static string PathOf(string name)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, NoCorpus);
        return Path.Combine(CorpusFolder.Images!, "synth", name);
    }

    private static string HashOfData(RawImage image)
    {
        var track = image.Layout.Tracks[0];
        var bytes = new byte[Math.Min(199, track.End) * Sector.Size];
        Assert.True(image.Sectors.TryRead(0, bytes));
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
