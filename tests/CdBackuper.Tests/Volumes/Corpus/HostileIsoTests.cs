using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>What the corpus' notes (what.txt) ask of a sound reader for each hostile image of ISO 9660.</summary>
public sealed class HostileIsoTests
{
    private const string Flipped = "random-flip-";
    private const string Base = "A.TXT B.BIN DIR DIR/C.TXT";

    /// <summary>The image, how many entries are listed, the paths that are among them, and the flaws that are told, no others.</summary>
    public static TheoryData<string, int, string, string> Images => new()
    {
        { "dates-bad", 5, "D0.TXT D1.TXT D2.TXT D3.TXT D4.TXT", DamageIds.IsoDateInvalid },
        { "depth-10000", 10_001, "D D/D D/D/D/D", "" },
        { "dir-and-file-same-name", 4, "SAME;SAME (2);SAME (3);SAME (3)/IN.TXT", "" },
        { "dir-dag-exponential", 119, "D0/D1/D2 D0/Z0", DamageIds.IsoDirectoryRepeated },
        { "dir-loop-mutual", 3, "A A/B A/B/BACK", DamageIds.IsoDirectoryRepeated },
        { "dir-no-dots", 3, "NODOT NODOT/ONLY.TXT NODOT/B.TXT", DamageIds.IsoDirectoryInvalid },
        { "dir-size-4GB", 2, "HUGE OK.TXT", DamageIds.IsoDirectoryRepeated },
        { "dir-size-odd", 2, "ODD OK.TXT", DamageIds.IsoDirectoryRepeated },
        { "eltorito-bad-checksum", 4, Base, DamageIds.IsoBootCatalogueInvalid },
        { "extent-overflow-u32", 2, "OVF.BIN OK.TXT", DamageIds.ExtentPastEnd },
        { "iso-names-traversal", 14, ".._EVIL __ _ABS A_B C:X OK.TXT", "" },
        { "joliet-names", 10, "__ .._evil a_b C:\\x ok.txt", DamageIds.JolietNameInvalid },
        { "multiextent-dir", 1, "MDIR", DamageIds.IsoDirectoryRepeated },
        { "overlap-10TB", 2500, "F00000.BIN F02499.BIN", DamageIds.ExtentPastEnd },
        { "overlap-in-bounds-2GB", 4000, "F00000.BIN F03999.BIN", "" },
        { "pvd-blocksize-32768", 4, Base, DamageIds.IsoDescriptorInvalid },
        { "pvd-blocksize-65535", 4, Base, DamageIds.IsoDescriptorInvalid },
        { "pvd-root-is-file", 4, Base, "" },
        { "pvd-root-len-0", 4, Base, $"{DamageIds.IsoDescriptorInvalid} {DamageIds.IsoDirectoryFromPathTable}" },
        { "pvd-space-0", 4, Base, "" },
        { "pvd-strings-nonascii", 4, Base, "" },
        { "record-length-zero-mid", 1, "A.TXT", "" },
        { "record-name-past-record", 2, "N.TXT OK.TXT", DamageIds.IsoRecordInvalid },
        { "rr-cl-past-end", 4, "rr_moved stub rr_moved/child rr_moved/child/in.txt", DamageIds.RockRidgeRelocationInvalid },
        { "rr-cl-to-file-sector", 4, "rr_moved stub rr_moved/child rr_moved/child/in.txt", DamageIds.RockRidgeRelocationInvalid },
        { "rr-cl-zero", 4, "rr_moved stub rr_moved/child rr_moved/child/in.txt", DamageIds.RockRidgeRelocationInvalid },
        { "rr-symlink-escape", 8, "link00 link06 ok.txt", "" },
        { "rr-symlink-malformed", 8, "link00 link06 ok.txt", DamageIds.RockRidgeLinkInvalid },
        { "susp-ce-huge", 2, "ce.bin X", DamageIds.SuspContinuationInvalid },
        { "susp-ce-pair-loop", 2, "ce.bin X", DamageIds.SuspContinuationInvalid },
        { "susp-ce-past-end", 2, "ce.bin X", DamageIds.SuspContinuationInvalid },
        { "susp-entry-lengths", 8, "Z0 Z1 Z3 ZF PX TF RR ??", $"{DamageIds.SuspEntryInvalid} {DamageIds.IsoDateInvalid}" },
        { "susp-er-overflow", 1, "a.txt", "" },
        { "susp-sp-skip-255", 1, "A.TXT", "" },
        { "vd-20000-descriptors", 0, "", $"{DamageIds.IsoRecordInvalid} {DamageIds.StructureUnreadable}" },
        { "vd-no-terminator", 4, Base, "" },
        { "zisofs-block-expands", 2, "z.bin ok.txt", "" },
        { "zisofs-bomb-ratio", 2, "z.bin ok.txt", "" },
        { "zisofs-claim-mismatch", 2, "z.bin ok.txt", DamageIds.RockRidgeEncoded },
        { "zisofs-zero-blocks-4GB", 2, "z.bin ok.txt", "" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void A_hostile_image_gives_what_is_sound_in_it(string image, int count, string paths, string flaws)
    {
        using var file = Open(image);
        var volume = Assert.Single(VolumeReader.ReadAll(file));
        var listed = EntryPaths.Assign(volume.Entries);

        Assert.Equal(count, listed.Count);
        var separator = paths.Contains(';', StringComparison.Ordinal) ? ';' : ' ';
        Assert.Subset(listed.ToHashSet(), paths.Split(separator, StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        Assert.Equal(
            flaws.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            volume.Damages.Select(damage => damage.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Random_bytes_take_no_more_than_a_bounded_amount_of_memory()
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        foreach (var image in CorpusFolder.Find("hostile", $"{Flipped}*.iso"))
        {
            using var file = new ImageFile(Path.Combine(CorpusFolder.Images, image));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotEmpty(VolumeReader.ReadAll(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }
    }

    [Fact]
    public void Files_of_sound_content_have_it()
    {
        using var file = Open("dir-no-dots");
        var volume = VolumeReader.Read(file)!;
        Assert.All(volume.Entries.Where(entry => entry.Kind == EntryKind.File), entry => Assert.NotNull(file.Hash(entry)));

        using var links = Open("rr-symlink-escape");
        Assert.Equal(
            ["../../etc/passwd", "/etc/shadow", "../../etc/passwd", "/etc/passwd", "a\0b", "C:\\Windows\\win.ini", "\\\\server\\share\\x"],
            VolumeReader.Read(links)!.Entries.Select(entry => entry.LinkTarget).OfType<string>());
    }

    [Fact]
    public void Compressed_files_are_decoded_block_by_block_and_no_further_than_a_block()
    {
        using var expands = Open("zisofs-block-expands");
        Assert.Null(expands.Hash(Find(expands, "z.bin")));

        using var bomb = Open("zisofs-bomb-ratio");
        var zeros = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(new byte[65_536_000]));
        Assert.Equal(zeros, bomb.Hash(Find(bomb, "z.bin")));

        using var mismatch = Open("zisofs-claim-mismatch");
        Assert.Equal(76, Find(mismatch, "z.bin").Size);
        Assert.False(Assert.Single(Find(mismatch, "z.bin").Extents!).IsCoded);

        using var hole = Open("zisofs-zero-blocks-4GB");
        Assert.Equal([new Extent(Extent.Nowhere, 4_294_836_224)], Find(hole, "z.bin").Extents);
    }

    [Fact]
    public void Dates_that_can_be_are_read_and_others_left_out()
    {
        using var file = Open("dates-bad");
        Assert.Equal(
            "- - - 2000-12-31 11:00:00Z 2001-01-01 12:00:00Z",
            string.Join(' ', VolumeReader.Read(file)!.Entries.Select(entry => entry.Modified?.UtcDateTime.ToString("u") ?? "-")));
    }

    private static FileEntry Find(ImageFile file, string name) =>
        Assert.Single(VolumeReader.Read(file)!.Entries, entry => entry.Name == name);

    private static ImageFile Open(string image)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        var path = Path.Combine(CorpusFolder.Images, "hostile", image + ".iso");
        Assert.SkipUnless(File.Exists(path), $"the corpus has no {image}");
        return new(path);
    }
}
