using System.Text;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Archive.Store;

public sealed class ListingBuilderTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(1, 1, "Perfect", 0)]
    [InlineData(1, 2, "Perfect Lost", 1)]
    [InlineData(1, 3, "Perfect Lost Lost", 2)]
    [InlineData(1_000_000_000, 15, "Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Perfect Lost", 1)]
    public void Files_that_claim_far_more_than_the_disc_has_are_not_extracted(long discBytes, int files, string conditions, int flaws)
    {
        var entries = Enumerable.Range(0, files).Select(index => new FileEntry
        {
            Name = $"{index}",
            Kind = EntryKind.File,
            Size = Gigabyte,
            Extents = [new(0, Gigabyte)],
        }).ToArray();

        var listing = ListingBuilder.Build(new MadeVolume(entries, ByteSet.Empty), ByteSet.Of(new ByteRange(0, long.MaxValue)), discBytes);

        Assert.Equal(conditions, string.Join(' ', listing.Entries.Select(entry => entry.Condition)));
        Assert.Equal(Enumerable.Repeat(DamageIds.ExtractionLimit, flaws), listing.Flaws.Select(flaw => flaw.Id));
    }

    [Fact]
    public void Every_sector_of_the_structures_that_was_not_read_counts_once()
    {
        var volume = new MadeVolume([], ByteSet.Of(ByteRange.OfSectors(16, 4), ByteRange.OfSectors(100, 1)));
        var read = ByteSet.Of(ByteRange.OfSectors(0, 17), new ByteRange(18 * 2048, 100));
        Assert.Equal(4, ListingBuilder.Build(volume, read, 1).UnreadStructureSectors);
        Assert.Equal(0, ListingBuilder.Build(volume, ByteSet.Of(ByteRange.OfSectors(0, 101)), 1).UnreadStructureSectors);
    }

    [Fact]
    public void A_name_that_had_to_be_changed_keeps_its_bytes_in_the_record()
    {
        FileEntry[] entries =
        [
            new() { Name = "..", RawName = new byte[] { 0x2e, 0x2e }, Kind = EntryKind.File },
            new() { Name = "plain", RawName = "plain"u8.ToArray(), Kind = EntryKind.File },
        ];
        var listing = ListingBuilder.Build(new MadeVolume(entries, ByteSet.Empty), ByteSet.Empty, 1);
        Assert.Equal(["2e2e", null], listing.Entries.Select(entry => entry.RawName));
        Assert.DoesNotContain("..", listing.Entries.Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("photo.jpg", "photo.jpg", null)]
    [InlineData("PHOTO.JPG", "PHOTO.JPG;1", null)]
    [InlineData("é", "\u00C3\u00A9", null)]
    [InlineData("é", "\u00E9", "e9")]
    [InlineData("é", "\u0000\u00E9", null)]
    [InlineData("é", "\u0010\u0000\u00E9", null)]
    [InlineData("é", "\u0000\u00E9\u0000;\u00001", null)]
    [InlineData("LONGFI~1.TXT", "another name altogether", "616e6f74686572206e616d6520616c746f676574686572")]
    public void A_names_bytes_are_kept_where_the_path_does_not_hold_them(string name, string latin1, string? kept)
    {
        var entry = new FileEntry { Name = name, RawName = Encoding.Latin1.GetBytes(latin1), Kind = EntryKind.File };
        Assert.Equal(kept, Assert.Single(ListingBuilder.Build(new MadeVolume([entry], ByteSet.Empty), ByteSet.Empty, 1).Entries).RawName);
    }

    [Fact]
    public void A_real_disc_is_whole_when_all_was_read_and_not_with_one_sector_less()
    {
        var disc = MadeDisc.Make("-R", "-J");
        var all = ByteSet.Of(new ByteRange(0, disc.Bytes.Length));
        Assert.True(ListingBuilder.Build(disc.Read(), all, disc.Bytes.Length).IsWhole);
        var file = disc.Read().Entries.First(entry => entry.Size > 0).Extents![0];
        var holed = ListingBuilder.Build(disc.Read(), all.Except(ByteSet.Of(new ByteRange(file.Start, 2048))), disc.Bytes.Length);
        Assert.False(holed.IsWhole);
        Assert.Equal(FileCondition.Lost, Assert.Single(holed.Files, entry => entry.Condition != FileCondition.Perfect).Condition);
        Assert.Equal(0, holed.UnreadStructureSectors);
        var structures = ListingBuilder.Build(disc.Read(), all.Except(ByteSet.Of(ByteRange.OfSectors(16, 1))), disc.Bytes.Length);
        Assert.Equal((false, 1), (structures.IsWhole, structures.UnreadStructureSectors));
    }
}
