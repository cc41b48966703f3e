using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class FileShelverTests
{
    private const int Big = 700_000;

    // how much of a copy the file system does: all, nothing, part of it
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(300_000)]
    public void A_file_that_the_file_system_copied_is_the_same_as_one_that_was_written(long atMost)
    {
        var fileSystem = new ServerCopies(atMost);
        using var shelf = new Shelf(fileSystem);
        var disc = Shelf.Bytes(Big + 10_000, seed: 1);
        using var image = shelf.Image(disc);
        var listing = shelf.Bring(
            Listing.Empty,
            Shelf.ListingOf(
                Shelf.FileAt("big", new Extent(3000, Big)),
                Shelf.FileAt("two", new Extent(Big, 5000), new Extent(Extent.Nowhere, 300_000), new Extent(2048, 400_000)),
                Shelf.FileAt("holed", new Extent(2048, 300_000), new Extent(Big, 10_000)) with
                {
                    Lost = ByteSet.Of(new ByteRange(5000, 270_000)),
                }),
            image,
            out _);

        Assert.Equal(disc[3000..(Big + 3000)], File.ReadAllBytes(shelf["big"]));
        Assert.Equal([.. disc[Big..(Big + 5000)], .. new byte[300_000], .. disc[2048..402_048]], File.ReadAllBytes(shelf["two"]));
        Assert.Equal(
            [.. disc[2048..7048], .. new byte[270_000], .. disc[277_048..302_048], .. disc[Big..(Big + 10_000)]],
            File.ReadAllBytes(shelf["holed"]));
        Assert.All(listing.Files, file => Assert.Equal(shelf.Hash(file.Path), file.Sha256));
        Assert.Equal(4, fileSystem.Copies);
    }

    [Fact]
    public void A_preamble_and_coded_runs_are_written_as_they_are_meant()
    {
        using var shelf = new Shelf();
        var plain = new byte[32_768];
        var coded = Zlib.Encode(plain);
        var disc = Shelf.Bytes(20_480, seed: 7);
        coded.CopyTo(disc, 3001);
        using var image = shelf.Image(disc);
        var entry = Shelf.FileAt("file", new Extent(0, 100), new Extent(3001, plain.Length, coded.Length), new Extent(9000, 5));
        var listing = shelf.Bring(
            Listing.Empty, Shelf.ListingOf(entry with { Preamble = "00051607", Size = entry.Size + 4 }), image, out var remarks);
        Assert.Equal([0, 5, 0x16, 7, .. disc[..100], .. plain, .. disc[9000..9005]], File.ReadAllBytes(shelf["file"]));
        Assert.True(listing.IsWhole);
        Assert.Equal(shelf.Hash("file"), listing.Entries[0].Sha256);
        Assert.Empty(remarks);
    }

    [Fact]
    public void A_coded_run_that_can_not_be_decoded_is_lost_and_said_though_the_disc_was_read()
    {
        using var shelf = new Shelf();
        var coded = Zlib.Encode(new byte[32_768]);
        var disc = Shelf.Bytes(20_480, seed: 8);
        coded.CopyTo(disc, 4096);
        disc[4096 + 2] ^= 0xFF;
        using var image = shelf.Image(disc);
        var entry = Shelf.FileAt("file", new Extent(0, 100), new Extent(4096, 32_768, coded.Length));
        var listing = shelf.Bring(Listing.Empty, Shelf.ListingOf(entry), image, out var remarks);
        Assert.Equal(ByteSet.Of(new ByteRange(100, 32_768)), listing.Entries[0].Lost);
        Assert.False(listing.IsWhole);
        Assert.Equal([.. disc[..100], .. new byte[32_768]], File.ReadAllBytes(shelf["file"]));
        Assert.Contains("can't be decoded", Assert.Single(remarks), StringComparison.Ordinal);

        // A later attempt that sees the same does not call it found.
        var again = shelf.Bring(listing, Shelf.ListingOf(entry), image, out _);
        Assert.Equal(listing.Entries[0].Lost, again.Entries[0].Lost);
    }

    [Fact]
    public void A_coded_run_that_a_drive_read_wrongly_does_not_take_away_what_an_earlier_copy_has()
    {
        using var shelf = new Shelf();
        var plain = Shelf.Bytes(32_768, seed: 9);
        var coded = Zlib.Encode(plain);
        var disc = new byte[65_536];
        coded.CopyTo(disc, 4096);
        var entry = Shelf.FileAt("file", new Extent(0, 100), new Extent(4096, 32_768, coded.Length));
        Listing first;
        using (var image = shelf.Image(disc))
        {
            first = shelf.Bring(
                Listing.Empty, Shelf.ListingOf(entry with { Lost = ByteSet.Of(new ByteRange(0, 100)) }), image, out _);
        }

        disc[4096 + 2] ^= 0xFF;
        using var wrong = shelf.Image(disc);
        var second = shelf.Bring(first, Shelf.ListingOf(entry), wrong, out _);
        Assert.Equal([.. new byte[100], .. plain], File.ReadAllBytes(shelf["file"]));
        Assert.True(second.IsWhole);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_image_that_changed_does_not_change_what_an_earlier_copy_has(bool isCoded)
    {
        using var shelf = new Shelf();
        var disc = new byte[65_536];
        var plain = Shelf.Bytes(4096, seed: 10);
        void Put(byte[] bytes) => (isCoded ? Zlib.Encode(bytes) : bytes).CopyTo(disc, 4096);
        Put(plain);
        var entry = Shelf.FileAt("file", new Extent(0, 100), isCoded ? new Extent(4096, 4096, Zlib.Encode(plain).Length) : new Extent(4096, 4096));
        Listing first;
        using (var image = shelf.Image(disc))
        {
            first = shelf.Bring(
                Listing.Empty, Shelf.ListingOf(entry with { Lost = ByteSet.Of(new ByteRange(0, 100)) }), image, out _);
        }

        Put([.. plain[..4095], (byte)~plain[4095]]);
        using var changed = shelf.Image(disc);
        var second = shelf.Bring(first, Shelf.ListingOf(entry), changed, out var remarks);
        Assert.Equal([.. new byte[100], .. plain], File.ReadAllBytes(shelf["file"]));
        Assert.Equal(shelf.Hash("file"), second.Entries[0].Sha256);
        Assert.Single(remarks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_and_a_folder_of_one_name_both_stay_and_stay_where_they_are(bool isFileFirst)
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(9000, seed: 11));
        var file = Shelf.ListingOf(Shelf.FileAt("PHOTOS", new Extent(0, 100)), Shelf.FileAt("z", new Extent(0, 5)));
        var folder = Shelf.ListingOf(
            Shelf.FolderAt("PHOTOS"), Shelf.FolderAt("PHOTOS/b"), Shelf.FileAt("PHOTOS/a.jpg", new Extent(2048, 100)), Shelf.FileAt("PHOTOS/b/c", new Extent(4096, 9)));
        var (before, after) = isFileFirst ? (file, folder) : (folder, file);
        var first = shelf.Bring(Listing.Empty, before, image, out _);
        var second = shelf.Bring(first, after, image, out var remarks);
        var third = shelf.Bring(second, after, image, out _);

        Assert.Empty(remarks);
        Assert.Equal(second.Entries.Select(entry => (entry.Path, entry.Sha256)), third.Entries.Select(entry => (entry.Path, entry.Sha256)));
        string[] expected = isFileFirst
            ? ["PHOTOS", "PHOTOS (2)/a.jpg", "PHOTOS (2)/b/c", "z"]
            : ["PHOTOS (2)", "PHOTOS/a.jpg", "PHOTOS/b/c", "z"];
        Assert.Equal(expected, second.Files.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.All(third.Files, entry => Assert.Equal(shelf.Hash(entry.Path), entry.Sha256));
    }

    [Fact]
    public void A_name_as_long_as_can_be_has_room_for_a_number()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(9000, seed: 12));
        var name = $"folder/{new string('n', 251)}.jpg";
        var first = shelf.Bring(Listing.Empty, Shelf.ListingOf(Shelf.FileAt(name, new Extent(0, 100))), image, out _);
        var second = shelf.Bring(first, Shelf.ListingOf(Shelf.FileAt(name, new Extent(2048, 100))), image, out _);
        Assert.Equal(2, second.Files.Count());
        Assert.All(second.Files, entry => Assert.Equal(shelf.Hash(entry.Path), entry.Sha256));
    }

    [Fact]
    public void Zeros_at_the_end_are_part_of_the_length()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(4096, seed: 2));
        shelf.Bring(
            Listing.Empty,
            Shelf.ListingOf(
                Shelf.FileAt("sparse", new Extent(0, 10), new Extent(Extent.Nowhere, 1 << 20)),
                Shelf.FileAt("lost", new Extent(0, 2048), new Extent(1 << 20, 5)) with { Lost = ByteSet.Of(new ByteRange(2048, 5)) }),
            image,
            out _);
        Assert.Equal(10 + (1 << 20), new FileInfo(shelf["sparse"]).Length);
        Assert.Equal(2053, new FileInfo(shelf["lost"]).Length);
    }

    [Fact]
    public void What_nobody_knows_of_is_kept_outside_files_and_nothing_is_left_over()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(4096, seed: 3));
        Directory.CreateDirectory(shelf["a folder/in"]);
        File.WriteAllText(shelf["a folder/in/it"], "theirs");
        File.WriteAllText(shelf["file"], "theirs too");
        File.WriteAllText(shelf["dir"], "where a folder belongs");
        File.WriteAllText(shelf["untouched"], "of no business");
        Directory.CreateDirectory(Path.Combine(shelf.Folder.NewFilesPath, "left by a crash"));

        var listing = Shelf.ListingOf(
            Shelf.FolderAt("dir"), Shelf.FileAt("dir/new", new Extent(0, 9)), Shelf.FileAt("a folder", new Extent(0, 9)), Shelf.FileAt("file", new Extent(9, 9)));
        shelf.Bring(Listing.Empty, listing, image, out var remarks);
        File.WriteAllText(shelf["file"], "theirs II");
        var time = File.GetLastWriteTimeUtc(shelf["dir/new"]);
        shelf.Bring(Listing.Empty, listing, image, out var again);

        Assert.Equal((3, 1), (remarks.Count, again.Count));
        Assert.Equal(time, File.GetLastWriteTimeUtc(shelf["dir/new"]));
        Assert.All(listing.Files, file => Assert.Equal(9, new FileInfo(shelf[file.Path]).Length));
        Assert.Equal("theirs", File.ReadAllText(shelf.Folder.In("set-aside-20200102-030405/a folder/in/it")));
        Assert.Equal("theirs too", File.ReadAllText(shelf.Folder.In("set-aside-20200102-030405/file")));
        Assert.Equal("where a folder belongs", File.ReadAllText(shelf.Folder.In("set-aside-20200102-030405/dir")));
        Assert.Equal("theirs II", File.ReadAllText(shelf.Folder.In("set-aside-20200102-030405-2/file")));
        Assert.Equal("of no business", File.ReadAllText(shelf["untouched"]));
        Assert.False(Path.Exists(shelf.Folder.NewFilesPath));
    }

    // what lies there (of 6000 bytes, "a" as on the disc, "0" blank, "x" other; three sectors), what the disc reads, what comes of it
    [Theory]
    [InlineData("aaa", "aaa", "kept", "")]
    [InlineData("a0a", "aaa", "mended", "")]
    [InlineData("a", "aaa", "mended", "")]
    [InlineData("axa", "aaa", "set aside", "")]
    [InlineData("aaa", "a-a", "kept", "unverified 2048+2048")]
    [InlineData("a0a", "a-a", "kept", "lost 2048+2048")]
    [InlineData("0aa", "a-a", "mended", "unverified 2048+2048")]
    [InlineData("00a", "a-a", "mended", "lost 2048+2048")]
    [InlineData("axa", "a-a", "kept", "unverified 2048+2048")]
    [InlineData("aaa", "---", "kept", "unverified 0+6000")]
    [InlineData("aa", "---", "mended", "lost 4096+1904 unverified 0+4096")]
    [InlineData("a0a", "---", "kept", "lost 2048+2048 unverified 0+2048 unverified 4096+1904")]
    public void A_file_that_no_record_accounts_for_is_compared_with_the_disc(string there, string reads, string expected, string verdict)
    {
        using var shelf = new Shelf();
        var disc = Shelf.Bytes(6144, seed: 31);
        var read = ByteSet.Of(reads.Select((letter, index) => ByteRange.OfSectors(index, letter == 'a' ? 1 : 0)).Where(run => run.Length > 0));
        using var image = shelf.Image(disc, read);
        byte[] copy = [.. there.SelectMany((letter, index) => letter switch
        {
            'a' => disc.AsSpan(index * 2048, 2048).ToArray(),
            'x' => Shelf.Bytes(2048, seed: 32),
            _ => new byte[2048],
        })];
        Directory.CreateDirectory(shelf.Folder.FilesPath);
        File.WriteAllBytes(shelf["f"], copy[..Math.Min(6000, copy.Length)]);
        var time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(shelf["f"], time);

        var found = Shelf.FileAt("f", new Extent(0, 6000));
        found = found with { Lost = FileVerdict.Of(new() { Name = "f", Kind = EntryKind.File, Size = 6000, Extents = found.Extents }, read).Lost };
        var entry = shelf.Bring(Listing.Empty, Shelf.ListingOf(found), image, out var remarks).Files.Single();

        Assert.Equal(expected == "kept", File.GetLastWriteTimeUtc(shelf["f"]) == time);
        Assert.Equal(expected == "set aside", remarks.Count == 1);
        Assert.Equal(shelf.Hash("f"), entry.Sha256);
        Assert.Equal(verdict, string.Join(' ', entry.Lost.Select(run => $"lost {run.Start}+{run.Length}")
            .Concat(entry.Unverified.Select(run => $"unverified {run.Start}+{run.Length}"))));
        var bytes = File.ReadAllBytes(shelf["f"]);
        var certain = ByteSet.Of(new ByteRange(0, 6000)).Except(entry.Lost).Except(entry.Unverified);
        Assert.All(certain, run => Assert.Equal(disc[(int)run.Start..(int)run.End], bytes[(int)run.Start..(int)run.End]));
        Assert.All(entry.Lost, run => Assert.DoesNotContain(bytes[(int)run.Start..(int)run.End], value => value != 0));
    }

    [Fact]
    public void Of_a_file_that_does_not_begin_with_a_sector_just_the_bytes_are_lost_that_nobody_read()
    {
        using var shelf = new Shelf();
        var disc = Shelf.Bytes(8192, seed: 33);
        var gap = ByteRange.OfSectors(1, 1);
        using var image = shelf.Image(disc, ByteSet.Of(new ByteRange(0, disc.Length)).Except(ByteSet.Of(gap)));
        var lost = ByteSet.Of(new ByteRange(gap.Start - 500, gap.Length));
        var found = Shelf.FileAt("f", new Extent(500, 6000)) with { Lost = lost };
        Directory.CreateDirectory(shelf.Folder.FilesPath);
        File.WriteAllBytes(shelf["f"], [.. disc[500..2048], .. new byte[2048], .. disc[4096..6500]]);

        var entry = shelf.Bring(Listing.Empty, Shelf.ListingOf(found), image, out _).Files.Single();

        Assert.Equal((lost, ByteSet.Empty), (entry.Lost, entry.Unverified));
    }

    [Fact]
    public void Times_of_files_and_folders_are_those_of_the_disc()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(4096, seed: 4));
        var listing = Shelf.ListingOf(Shelf.FolderAt("a"), Shelf.FolderAt("a/b"), Shelf.FileAt("a/b/c", new Extent(0, 9)));
        shelf.Bring(Listing.Empty, listing, image, out _);
        Assert.All(listing.Entries, entry => Assert.Equal(entry.Modified!.Value.UtcDateTime, Directory.GetLastWriteTimeUtc(shelf[entry.Path])));
    }

    [Fact]
    public void Work_that_is_cancelled_leaves_what_was_in_place()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(Big, seed: 5));
        var before = shelf.Bring(Listing.Empty, Shelf.ListingOf(Shelf.FileAt("a", new Extent(0, 9))), image, out _);
        using var stop = new CancellationTokenSource();
        var steps = ShelfPlan.Decide(before, Shelf.ListingOf(Shelf.FileAt("a", new Extent(0, 9)), Shelf.FileAt("b", new Extent(0, Big))), _ => true);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new FileShelver(shelf.Folder, image, Shelf.Now).Shelve(steps, _ => stop.Cancel(), stop.Token));
        Assert.Equal([shelf["a"]], Directory.EnumerateFileSystemEntries(shelf.Folder.FilesPath));
        Assert.Equal(before.Entries[0].Sha256, shelf.Hash("a"));
    }

    [Fact]
    public void A_holder_that_is_taken_over_after_its_last_look_takes_nothing_of_the_new_one_away()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(Big, seed: 5));
        var before = shelf.Bring(Listing.Empty, Shelf.ListingOf(Shelf.FileAt("a", new Extent(0, 9))), image, out _);
        var steps = ShelfPlan.Decide(before, Shelf.ListingOf(Shelf.FileAt("b", new Extent(0, Big))), _ => true);
        void TakeOver()
        {
            Directory.Delete(shelf.Folder.IncomingPath, recursive: true);
            File.WriteAllText(shelf["b"], "of the new holder");
        }

        Assert.ThrowsAny<IOException>(
            () => new FileShelver(shelf.Folder, image, Shelf.Now, ensureHeld: TakeOver).Shelve(steps, _ => { }, CancellationToken.None));
        Assert.Equal("of the new holder", File.ReadAllText(shelf["b"]));
    }

    [Fact]
    public void Files_that_are_missing_changed_or_unreadable_are_found()
    {
        using var shelf = new Shelf();
        using var image = shelf.Image(Shelf.Bytes(4096, seed: 6));
        var listing = shelf.Bring(
            Listing.Empty,
            Shelf.ListingOf([.. "abcd".Select(name => Shelf.FileAt($"{name}", new Extent(name, 9)))]),
            image,
            out _);
        Assert.Empty(ArchivedFiles.FindWrong(shelf.Folder, listing.Files, _ => { }, CancellationToken.None));
        File.Delete(shelf["a"]);
        File.WriteAllText(shelf["b"], "123456789");
        File.Delete(shelf["c"]);
        Directory.CreateDirectory(shelf["c"]);
        Assert.Equal(
            ["a", "b", "c"], ArchivedFiles.FindWrong(shelf.Folder, listing.Files, _ => { }, CancellationToken.None).Select(file => file.Path));
        Assert.Empty(ArchivedFiles.FindWrong(
            shelf.Folder, listing.Files.Select(file => file with { Sha256 = null }), _ => { }, CancellationToken.None));
    }
}
