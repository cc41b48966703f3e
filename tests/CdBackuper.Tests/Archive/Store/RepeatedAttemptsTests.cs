using CdBackuper.Archive.Format;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CsCheck;

namespace CdBackuper.Tests.Archive.Store;

/// <summary>The promise of the archive: whatever an attempt reads, no file gets worse.</summary>
public sealed class RepeatedAttemptsTests
{
    private const int DiscBytes = 40_000;

    // without zeros, so that a zero in a file is a lost byte
    private static readonly byte[] Disc = [.. Shelf.Bytes(DiscBytes, seed: 5).Select(value => value == 0 ? (byte)1 : value)];

    private static readonly ListedEntry[] Names =
    [
        Shelf.FolderAt("deep"),
        Shelf.FileAt("one", new Extent(2048, 5000)),
        Shelf.FileAt("deep/two.jpg", new Extent(8192, 3000), new Extent(20_000, 4096)),
        Shelf.FileAt("deep/sparse", new Extent(12_000, 1000), new Extent(Extent.Nowhere, 3000), new Extent(14_000, 500)),
        Shelf.FileAt("shared", new Extent(2048, 100)),
        Shelf.FileAt("empty"),
    ];

    private static readonly Gen<ByteSet> Lost = Gen.Select(Gen.Int[0, DiscBytes / 512], Gen.Int[0, 20])
        .Select(pair => new ByteRange(pair.Item1 * 512, Math.Min(pair.Item2 * 512, DiscBytes - (pair.Item1 * 512))))
        .Array[0, 5].Select(ranges => ByteSet.Of(ranges));

    // an attempt that goes on with the image adds to it; one whose image was lost begins anew
    private static readonly Gen<(ByteSet Lost, bool GoesOn, bool CopiesOnServer, int Forgets)[]> Attempts =
        Gen.Select(Lost, Gen.Bool, Gen.Bool, Gen.Int[0, 9]).Array[1, 5];

    private static readonly ListedEntry[] InSectors =
    [
        Shelf.FolderAt("deep"),
        Shelf.FileAt("one", new Extent(2048, 5000)),
        Shelf.FileAt("deep/two.jpg", new Extent(8192, 4096), new Extent(20_480, 3000)),
        Shelf.FileAt("deep/sparse", new Extent(12_288, 2048), new Extent(Extent.Nowhere, 4096), new Extent(14_336, 500)),
        Shelf.FileAt("last", new Extent(32_768, DiscBytes - 32_768)),
        Shelf.FileAt("shared", new Extent(2048, 100)),
        Shelf.FileAt("empty"),
    ];

    private static readonly Gen<ByteSet> LostSectors = Gen.Select(Gen.Int[0, DiscBytes / 2048], Gen.Int[0, 4])
        .Select(pair => new ByteRange(pair.Item1 * 2048, Math.Min(pair.Item2 * 2048, DiscBytes - (pair.Item1 * 2048))))
        .Array[0, 5].Select(ranges => ByteSet.Of(ranges));

    private static readonly Gen<Attempt[]> Lives = Gen.Select(
        LostSectors, Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Enum<Cut>(), Gen.Int[0, 5], (lost, less, goesOn, isTwin, cut, at) =>
            new Attempt(lost, less, goesOn, isTwin, cut, at)).Array[1, 7];

    [Fact]
    public void No_attempt_makes_any_file_worse() => Attempts.Sample(
        attempts =>
        {
            using var plain = new Shelf();
            var read = ByteSet.Empty;
            var listing = Listing.Empty;
            foreach (var attempt in attempts)
            {
                var now = ByteSet.Of(new ByteRange(0, DiscBytes)).Except(attempt.Lost);
                read = attempt.GoesOn ? read.Union(now) : now;
                listing = Try(plain, listing, read, attempt.Forgets);
            }
        },
        iter: 60);

    [Fact]
    public void No_attempt_makes_any_byte_worse_whatever_drives_kills_and_twins_come() => Lives.Sample(
        attempts =>
        {
            using var life = new DiscLife(InSectors, Disc);
            foreach (var attempt in attempts)
            {
                life.Live(attempt);
            }

            // A good copy in the end makes everything whole.
            life.Live(new(ByteSet.Empty, SectorsLess: 0, GoesOn: false, IsTwin: true, Cut.None, At: 0));
            life.MustBeWhole();
        },
        iter: 200);

    [Fact]
    public void Attempts_on_a_file_system_that_copies_by_itself_end_the_same() => Attempts.Sample(
        attempts =>
        {
            using var first = new Shelf();
            using var second = new Shelf(new ServerCopies(atMost: 700));
            var (one, two) = (Listing.Empty, Listing.Empty);
            foreach (var attempt in attempts)
            {
                var read = ByteSet.Of(new ByteRange(0, DiscBytes)).Except(attempt.Lost);
                one = Try(first, one, read, forgets: 9);
                two = Try(second, two, read, forgets: 9);
                Assert.Equal(one.Entries.Select(entry => (entry.Path, entry.Sha256)), two.Entries.Select(entry => (entry.Path, entry.Sha256)));
            }
        },
        iter: 30);

    private static Listing Try(Shelf shelf, Listing before, ByteSet read, int forgets)
    {
        // a poorer reading of the folders does not see every name
        var names = Names.Where((_, index) => index != forgets).ToArray();
        var found = Shelf.ListingOf([.. names.Select(entry => entry.Kind == EntryKind.File ? entry with { Lost = LostOf(entry, read) } : entry)])
            with
        { UnreadStructureSectors = names.Length < Names.Length ? 1 : 0 };
        var stamps = before.Files.Where(file => file.Sha256 is not null).ToDictionary(file => file.Path, file => FileStamp.Find(shelf[file.Path]));
        Listing after;
        using (var image = shelf.Image(Disc, read))
        {
            after = shelf.Bring(before, found, image, out var remarks);
            Assert.Empty(remarks);
        }

        foreach (var old in before.Files)
        {
            var now = after.Entries.SingleOrDefault(entry => entry.Path == old.Path);
            Assert.True(now is not null || old.Sha256 is null, $"{old.Path} went away");
            Assert.True(now?.Lost.Except(old.Lost).IsEmpty ?? true, $"{old.Path} got worse");
            if (old.Sha256 is not null && old.Condition == FileCondition.Perfect)
            {
                Assert.Equal(stamps[old.Path], FileStamp.Find(shelf[old.Path]));
            }
        }

        Assert.All(after.Files, file => AssertBytes(shelf, file));
        Assert.All(found.Files, file => Assert.True(
            after.Entries.Single(entry => entry.Path == file.Path).Lost.Except(file.Lost).IsEmpty, $"{file.Path} has not what the image has"));
        Assert.False(Path.Exists(shelf.Folder.NewFilesPath));
        return after;
    }

    private static void AssertBytes(Shelf shelf, ListedEntry file)
    {
        if (file.Sha256 is null)
        {
            Assert.Equal(FileCondition.Lost, file.Condition);
            Assert.False(File.Exists(shelf[file.Path]));
            return;
        }

        var right = file.Extents!.SelectMany(extent => extent.IsStored
            ? Disc.AsSpan((int)extent.Start, (int)extent.Length).ToArray()
            : new byte[extent.Length]).ToArray();
        foreach (var gap in file.Lost)
        {
            right.AsSpan((int)gap.Start, (int)gap.Length).Clear();
        }

        Assert.Equal(right, File.ReadAllBytes(shelf[file.Path]));
        Assert.Equal(shelf.Hash(file.Path), file.Sha256);
        Assert.Equal(file.Modified!.Value.UtcDateTime, File.GetLastWriteTimeUtc(shelf[file.Path]));
    }

    private static ByteSet LostOf(ListedEntry entry, ByteSet read) => FileVerdict.Of(
        new() { Name = entry.Path, Kind = EntryKind.File, Size = entry.Size, Extents = entry.Extents }, read).Lost;
}
