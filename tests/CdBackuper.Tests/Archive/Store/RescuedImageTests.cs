using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Archive.Store;

public sealed class RescuedImageTests : IDisposable
{
    private static readonly byte[] Disc = Shelf.Bytes(100 * Sector.Size, seed: 7);

    private readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    // what happened to image and map since | why the map is not used
    [Theory]
    [InlineData("nothing", null)]
    [InlineData("no map", null)]
    [InlineData("no map and no image", null)]
    [InlineData("an empty map", null)]
    [InlineData("the image grew", null)]
    [InlineData("the image is gone", "has no image any more")]
    [InlineData("the image is shorter", "does not belong to the image")]
    [InlineData("the image is empty", "does not belong to the image")]
    [InlineData("the image is all zeros", "does not belong to the image")]
    [InlineData("another disc's image", "does not belong to the image")]
    [InlineData("a corrupt map", "can't be read: line 1 is not a current-position line")]
    [InlineData("a map of no bytes", "can't be read: it has no block lines")]
    public void A_map_that_must_not_be_used_is_kept_aside(string change, string? why)
    {
        shelf.Image(Disc).Dispose();
        var samples = SamplesOf();
        switch (change)
        {
            case "no map": File.Delete(shelf.Folder.MapPath); break;
            case "no map and no image": File.Delete(shelf.Folder.MapPath); File.Delete(shelf.Folder.ImagePath); break;
            case "an empty map": File.WriteAllText(shelf.Folder.MapPath, "0 ?\n0 0x32000 ?\n"); File.Delete(shelf.Folder.ImagePath); break;
            case "the image grew": File.AppendAllText(shelf.Folder.ImagePath, "more"); break;
            case "the image is gone": File.Delete(shelf.Folder.ImagePath); break;
            case "the image is shorter": File.WriteAllBytes(shelf.Folder.ImagePath, Disc[..^1]); break;
            case "the image is empty": File.WriteAllBytes(shelf.Folder.ImagePath, []); break;
            case "the image is all zeros": File.WriteAllBytes(shelf.Folder.ImagePath, new byte[Disc.Length]); break;
            case "another disc's image": File.WriteAllBytes(shelf.Folder.ImagePath, Shelf.Bytes(Disc.Length, seed: 8)); break;
            case "a corrupt map": File.WriteAllText(shelf.Folder.MapPath, "\0\0\0\0"); break;
            case "a map of no bytes": File.WriteAllText(shelf.Folder.MapPath, ""); break;
        }

        var hadMap = File.Exists(shelf.Folder.MapPath);
        var said = RescuedImage.SetAsideUnusableMap(shelf.Folder, new() { Samples = samples }, Shelf.Now);

        Assert.Equal(why is null, said is null);
        Assert.Contains(why ?? "", said ?? "", StringComparison.Ordinal);
        Assert.Equal(hadMap && why is null, File.Exists(shelf.Folder.MapPath));
        Assert.Equal(why is null ? 0 : 1, Directory.EnumerateFiles(shelf.Folder.Path, "ddrescue.mapfile.*-20200102-030405").Count());
    }

    [Fact]
    public void An_image_of_which_nothing_was_known_is_taken_at_its_maps_word()
    {
        shelf.Image(Disc).Dispose();
        Assert.Null(RescuedImage.SetAsideUnusableMap(shelf.Folder, new(), Shelf.Now));
    }

    [Fact]
    public void Only_what_the_map_calls_read_can_be_read()
    {
        using var image = shelf.Image(Disc, ByteSet.Of(ByteRange.OfSectors(0, 10), ByteRange.OfSectors(11, 89)));
        var buffer = new byte[2 * Sector.Size];
        Assert.Equal(100, image.SectorCount);
        Assert.True(image.TryRead(8, buffer));
        Assert.Equal(Disc[(8 * Sector.Size)..(10 * Sector.Size)], buffer);
        Assert.All([-1L, 9, 10, 99, 100, long.MaxValue / 4096], sector => Assert.False(image.TryRead(sector, buffer)));
        Assert.True(image.TryRead(99, buffer.AsSpan(0, Sector.Size)));
    }

    [Fact]
    public void The_last_part_of_a_sector_is_filled_up_and_what_the_image_lacks_is_unread()
    {
        File.WriteAllBytes(shelf.Folder.ImagePath, Disc[..5000]);
        File.WriteAllText(shelf.Folder.MapPath, "0 +\n0 10000 +\n");
        using var image = RescuedImage.TryOpen(shelf.Folder)!;
        var buffer = new byte[Sector.Size];
        Assert.Equal((5, 5000), (image.SectorCount, image.Read.TotalLength));
        Assert.True(image.TryRead(2, buffer));
        Assert.Equal([.. Disc[4096..5000], .. new byte[1144]], buffer);
        Assert.False(image.TryRead(3, buffer));
        Assert.False(image.IsTrusted(new()));
    }

    [Fact]
    public void An_image_that_was_deleted_beside_its_map_is_no_image()
    {
        shelf.StoreImage(Disc, ByteSet.Of(new ByteRange(0, Disc.Length)));
        File.WriteAllText(shelf.Folder.Form2MapPath, Shelf.MapOf(ByteSet.Empty, Disc.Length));
        using (var image = RescuedImage.TryOpen(shelf.Folder))
        {
            Assert.NotNull(image);
            Assert.Null(image.Form2);
        }

        File.Delete(shelf.Folder.ImagePath);
        Assert.Null(RescuedImage.TryOpen(shelf.Folder));
    }

    private IReadOnlyList<SectorProof> SamplesOf()
    {
        using var image = RescuedImage.TryOpen(shelf.Folder)!;
        return Fingerprint.TakeSamples(image, image.Read, Fingerprint.SampleCount);
    }
}
