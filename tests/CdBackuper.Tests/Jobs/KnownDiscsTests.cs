using CdBackuper.Jobs;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Jobs;

public sealed class KnownDiscsTests : IDisposable
{
    private readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    [Fact]
    public void A_disc_is_found_by_what_it_holds_and_its_twin_is_not()
    {
        Store("a", Disc(1));
        Store("b", Disc(2));
        Assert.Equal("b", Find(Disc(2), out var lookalikes)?.Name);
        Assert.Null(Find(Disc(3), out lookalikes));
        Assert.Equal(["a", "b"], lookalikes);
    }

    [Fact]
    public void A_disc_is_found_after_its_image_was_deleted_or_replaced()
    {
        Store("a", Disc(1));
        var folder = shelf.Root.Disc("a");
        File.WriteAllBytes(folder.ImagePath, Disc(2).Bytes);
        File.WriteAllText(folder.MapPath, Shelf.MapOf(ByteSet.Of(new ByteRange(0, Disc(2).Bytes.Length)), Disc(2).Bytes.Length));
        Assert.Equal("a", Find(Disc(1), out _)?.Name);
        File.Delete(folder.ImagePath);
        Assert.Equal("a", Find(Disc(1), out _)?.Name);
    }

    [Fact]
    public void A_disc_whose_descriptors_do_not_read_this_time_is_found_by_its_samples()
    {
        Store("a", Disc(1));
        Assert.Equal("a", Find(Disc(1).Without([.. DiscEvidence.AnchorSectors]), out _, uuid: null)?.Name);
    }

    [Fact]
    public void A_folder_of_the_predecessor_is_known_by_its_name_and_compared_with_its_image()
    {
        var folder = shelf.Root.Disc("U_HOLIDAY");
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.ImagePath, Disc(1).Bytes);
        File.WriteAllText(folder.MapPath, Shelf.MapOf(ByteSet.Of(new ByteRange(0, Disc(1).Bytes.Length)), Disc(1).Bytes.Length));
        Assert.Equal("U_HOLIDAY", Find(Disc(1), out _)?.Name);
        Assert.Null(Find(Disc(2), out var lookalikes));
        Assert.Equal(["U_HOLIDAY"], lookalikes);
        File.Delete(folder.ImagePath);
        Directory.CreateDirectory(folder.FilesPath);
        File.WriteAllText(Path.Combine(folder.FilesPath, "a.txt"), "something that could be mixed");
        Assert.Null(Find(Disc(1), out lookalikes));
        Assert.Equal(["U_HOLIDAY"], lookalikes);
        File.Delete(Path.Combine(folder.FilesPath, "a.txt"));
        Assert.Equal("U_HOLIDAY", Find(Disc(1), out _)?.Name);
    }

    [Fact]
    public void A_folder_that_can_not_be_read_keeps_no_other_disc_out()
    {
        Store("lost+found", Disc(3));
        File.Delete(shelf.Root.Disc("lost+found").IdentityPath);
        Directory.CreateDirectory(shelf.Root.Disc("lost+found").IdentityPath); // opened as a file it is refused, as to a user without the right
        Store("known", Disc(1));

        Assert.Equal("known", Find(Disc(1), out _)?.Name);
        Assert.Null(Find(Disc(2), out _));
    }

    [Fact]
    public void A_disc_is_found_among_thousands_without_opening_the_others()
    {
        Store("u_the one", Disc(1));
        for (var count = 0; count < 3000; count++)
        {
            var other = shelf.Root.Disc($"v_{count}");
            Directory.CreateDirectory(other.Path);

            // Opening this one as a record would be an error that climbs.
            File.CreateSymbolicLink(other.IdentityPath, other.IdentityPath);
        }

        Assert.Equal("u_the one", Find(Disc(1), out _)?.Name);
        Assert.ThrowsAny<IOException>(() => Find(Disc(2), out _));
    }

    private void Store(string name, ScratchedDisc disc)
    {
        var folder = shelf.Root.Disc(name);
        Directory.CreateDirectory(folder.Path);
        var read = ByteSet.Of(new ByteRange(0, disc.Bytes.Length));
        folder.Store(Seen(disc, "U") with { Samples = Fingerprint.TakeSamples(disc, read, Fingerprint.SampleCount) });
    }

    private CdBackuper.Archive.Store.DiscFolder? Find(ScratchedDisc disc, out IReadOnlyList<string> lookalikes, string? uuid = "U")
    {
        var match = new KnownDiscs(shelf.Root).Find(new(Seen(disc, uuid), new(disc), ReadingOptions.Default, HasVolume: true));
        lookalikes = [.. match.Others.Concat(match.Doubts).Select(other => other.Folder.Name).Order(StringComparer.Ordinal)];
        return match.Folder;
    }

    private static DiscEvidence Seen(ScratchedDisc disc, string? uuid) =>
        new() { Uuid = uuid, LengthBytes = disc.Bytes.Length, Anchors = Fingerprint.TakeAnchors(disc, []) };

    // the same descriptors on every one, as if they were burned in the same second
    private static ScratchedDisc Disc(int seed) =>
        new([.. Shelf.Bytes(32 * Sector.Size, seed: 99), .. Shelf.Bytes(368 * Sector.Size, seed)]);
}
