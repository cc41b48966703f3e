using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Archive;

namespace CdBackuper.Tests.Jobs;

public sealed class VerdictTests
{
    private static readonly ListedEntry Perfect = Shelf.FileAt("good.jpg", new Extent(0, 2048));

    private static readonly ListedEntry Damaged = Shelf.FileAt("DCIM/IMG_0123.JPG", new Extent(0, 1_887_437)) with
    {
        Lost = ByteSet.Of(new ByteRange(0, 4096), new ByteRange(8192, 2048)),
    };

    private static readonly ListedEntry Gone = Shelf.FileAt("gone", new Extent(0, 100)) with { Lost = ByteSet.Of(new ByteRange(0, 100)) };

    private static readonly ListedEntry NameOnly = new() { Path = "name", Kind = EntryKind.File, Extents = null };

    // volume read, unread structures, which files, bytes read, whole image
    [Theory]
    [InlineData(true, 0, "P", 9, true, "Whole", "The one photo is perfect.")]
    [InlineData(true, 0, "P", 9, false, "Whole", "The one photo is perfect.")]
    [InlineData(true, 0, "PP", 9, false, "Whole", "All 2 photos are perfect.")]
    [InlineData(true, 0, "", 9, true, "Whole", "All of it was read, and it holds no files.")]
    [InlineData(true, 0, "PPD", 9, true, "Damaged", "2 photos perfect, 1 damaged, 0 lost: DCIM/IMG_0123.JPG misses 6 KiB of 1.8 MiB.")]
    [InlineData(true, 0, "PG", 9, false, "Damaged", "1 file perfect, 0 damaged, 1 lost: gone is lost.")]
    [InlineData(true, 0, "PGD", 9, false, "Damaged", "1 file perfect, 1 damaged, 1 lost: DCIM/IMG_0123.JPG misses 6 KiB of 1.8 MiB.")]
    [InlineData(true, 0, "N", 9, true, "Damaged", "0 files perfect, 0 damaged, 1 lost: name is lost.")]
    [InlineData(true, 3, "P", 9, false, "Damaged", "1 photo perfect, 0 damaged, 0 lost. 3 sectors of folders or descriptors are unread: there may be files that are not listed.")]
    [InlineData(true, 1, "P", 9, false, "Damaged", "1 photo perfect, 0 damaged, 0 lost. 1 sector of folders or descriptors is unread: there may be files that are not listed.")]
    [InlineData(true, 0, "D", 0, false, "Damaged", "0 photos perfect, 1 damaged, 0 lost: DCIM/IMG_0123.JPG misses 6 KiB of 1.8 MiB.")]
    [InlineData(false, 0, "", 9, false, "Damaged", "0 files perfect, 0 damaged, 0 lost. No file system could be read yet.")]
    [InlineData(false, 0, "", 9, true, "UnknownFileSystem", "All of it was read, but it holds no file system that this version knows; the image is kept.")]
    [InlineData(false, 0, "", 0, false, "Unreadable", "Nothing could be read.")]
    public void The_facts_say_how_a_disc_stands(
        bool hasVolume, long unread, string files, long finished, bool isComplete, string condition, string message)
    {
        var entries = files.Select(file => file switch { 'P' => Perfect, 'D' => Damaged, 'G' => Gone, _ => NameOnly }).ToArray();
        var verdict = Verdict.Of(new(hasVolume ? "ISO 9660" : null, entries, [], unread), finished, isComplete, "0142");

        Assert.Equal((condition, condition, message), (verdict.Condition.ToString(), verdict.End.ToString(), verdict.Message));
        Assert.Contains("0142", verdict.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P", 9, true)]
    [InlineData("PD", 9, false)]
    [InlineData("", 0, false)]
    public void A_file_is_not_taken_out_and_nobody_writes_on_it(string files, long finished, bool isComplete)
    {
        ListedEntry[] entries = [.. files.Select(file => file == 'P' ? Perfect : Damaged)];
        var listing = new Listing(files.Length > 0 ? "ISO 9660" : null, entries, [], 0);

        var next = Verdict.Of(listing, finished, isComplete, "0142", isFile: true).Next;

        Assert.StartsWith("Its number is 0142.", next, StringComparison.Ordinal);
        Assert.DoesNotContain("rite 0142 on it", next, StringComparison.Ordinal);
        Assert.Contains("rite 0142 on it.", Verdict.Of(listing, finished, isComplete, "0142").Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "", "1 photo perfect, 0 damaged, 0 lost. The disc's own folders are broken: there may be files that are not listed.")]
    [InlineData(false, DamageIds.RockRidgeEncoded, "1 photo perfect, 0 damaged, 0 lost. Some are stored in a way that this version does not undo, and are archived as stored.")]
    [InlineData(false, DamageIds.HfsCompressionUnknown, "1 photo perfect, 0 damaged, 0 lost. Some are stored in a way that this version does not undo, and are archived as stored.")]
    public void A_disc_that_is_broken_or_not_understood_is_not_whole_though_all_of_it_was_read(bool lacksNames, string flaw, string message)
    {
        Damage[] flaws = flaw.Length == 0 ? [] : [new(flaw, null, "a flaw")];
        var verdict = Verdict.Of(new Listing("ISO 9660", [Perfect], flaws, 0) { LacksNames = lacksNames }, 9, isImageComplete: true, "0142");

        Assert.Equal((DiscCondition.Damaged, message), (verdict.Condition, verdict.Message));
        Assert.StartsWith("Take it out, write 0142 on it. All of it was read", verdict.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1, "1 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(6144, "6 KiB")]
    [InlineData(2047, "2 KiB")]
    [InlineData(102_400, "100 KiB")]
    [InlineData(1_887_437, "1.8 MiB")]
    [InlineData(737_280_000, "703 MiB")]
    [InlineData(4_700_372_992, "4.4 GiB")]
    [InlineData(long.MaxValue, "8388608 TiB")]
    public void Bytes_are_said_as_people_read_them(long count, string words) => Assert.Equal(words, Words.Bytes(count));

    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(0.4, "0 s")]
    [InlineData(1.9, "2 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599.7, "1 h 0 min")]
    [InlineData(90_061, "25 h 1 min")]
    public void Times_are_rounded_to_the_second(double seconds, string words) => Assert.Equal(words, Words.Duration(TimeSpan.FromSeconds(seconds)));
}
