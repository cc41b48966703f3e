using CdBackuper.Archive.Store;

namespace CdBackuper.Tests.Archive.Store;

public sealed class HolderPlaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_by_the_holders_name_of_the_image_is_in_the_image(bool isThere)
    {
        using var shelf = new Shelf();
        if (isThere)
        {
            File.WriteAllText(shelf.Folder.ImagePath, "before");
        }

        File.AppendAllText(HolderPlace.HoldImage(shelf.Folder), " and more");
        File.AppendAllText(HolderPlace.HoldImage(shelf.Folder), ", pass after pass");

        Assert.Equal((isThere ? "before" : "") + " and more, pass after pass", File.ReadAllText(shelf.Folder.ImagePath));
    }

    [Fact]
    public void What_a_holder_was_setting_aside_when_it_was_cut_off_is_kept_by_the_next_one()
    {
        using var shelf = new Shelf();
        Directory.CreateDirectory(shelf.Folder.AsidePath);
        File.WriteAllText(Path.Combine(shelf.Folder.AsidePath, "a.jpg"), "on its way");
        HolderPlace.Leave(shelf.Folder);
        var owner = new ClaimOwner("node", "drive", 1, "start", "token");
        using var claim = FolderClaim.TryTake(shelf.Root, shelf.Folder.Name, owner, _ => true, out _)!;
        var folder = shelf.Root.Disc(claim);

        HolderPlace.TakeOver(folder, claim, Shelf.Now);

        Assert.Equal("on its way", File.ReadAllText(folder.In("set-aside-20200102-030405/a.jpg")));
        HolderPlace.Leave(folder);
        Assert.Equal([folder.In("set-aside-20200102-030405")], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_image_that_a_person_deleted_between_passes_is_still_the_one_that_was_read()
    {
        using var shelf = new Shelf();
        File.WriteAllText(HolderPlace.HoldImage(shelf.Folder), "read");
        File.Delete(shelf.Folder.ImagePath);

        HolderPlace.HoldImage(shelf.Folder);

        Assert.Equal("read", File.ReadAllText(shelf.Folder.ImagePath));
    }

    [Theory]
    [InlineData(true, "late")]
    [InlineData(false, "read")]
    public void What_a_holder_that_may_live_has_open_is_not_the_image_of_the_next_one(bool isDead, string content)
    {
        using var shelf = new Shelf();
        var claims = new Claims(shelf);
        var (first, _) = claims.Take("first");
        HolderPlace.TakeOver(first, claims.Last, Shelf.Now);
        using var open = File.OpenHandle(HolderPlace.HoldImage(first), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(open, "read"u8, 0);
        var (second, _) = claims.Take("second");

        HolderPlace.TakeOver(second, claims.Last, Shelf.Now, place => isDead && place == "000001-first");
        RandomAccess.Write(open, "late"u8, 0);

        Assert.Equal(content, File.ReadAllText(second.ImagePath));
    }

    [Fact]
    public void A_holder_whose_place_is_gone_deletes_and_sets_aside_nothing()
    {
        using var shelf = new Shelf();
        var claims = new Claims(shelf);
        var (first, _) = claims.Take("first");
        HolderPlace.TakeOver(first, claims.Last, Shelf.Now);
        File.WriteAllText(first.MapPath, "old");
        Assert.NotNull(first.SetAside(first.MapPath, "unused", Shelf.Now));
        File.WriteAllText(HolderPlace.HoldImage(first), "old");
        first.DeleteImage();
        Assert.False(File.Exists(first.MapPath) || File.Exists(first.ImagePath));
        var (second, _) = claims.Take("second");
        HolderPlace.TakeOver(second, claims.Last, Shelf.Now);
        File.WriteAllText(second.MapPath, "new");
        File.WriteAllText(second.ImagePath, "new");

        Assert.ThrowsAny<IOException>(first.DeleteImage);
        Assert.ThrowsAny<IOException>(() => first.SetAside(first.MapPath, "unused", Shelf.Now));

        Assert.Equal(("new", "new"), (File.ReadAllText(second.MapPath), File.ReadAllText(second.ImagePath)));
    }

    /// <summary>Claims of one folder, each taken over from the one before.</summary>
    private sealed class Claims(Shelf shelf)
    {
        public FolderClaim Last { get; private set; } = null!;

        public (DiscFolder Folder, FolderClaim Claim) Take(string token)
        {
            Last = FolderClaim.TryTake(shelf.Root, shelf.Folder.Name, new("node", "drive", 1, "start", token), _ => true, out _)!;
            return (shelf.Root.Disc(Last), Last);
        }
    }

    [Fact]
    public void A_holder_whose_place_is_gone_makes_no_image_anew()
    {
        using var shelf = new Shelf();
        var held = HolderPlace.HoldImage(shelf.Folder);
        HolderPlace.Leave(shelf.Folder);
        File.Delete(shelf.Folder.ImagePath);

        Assert.ThrowsAny<IOException>(() => File.OpenHandle(held, FileMode.OpenOrCreate, FileAccess.Write));
        Assert.ThrowsAny<IOException>(() => HolderPlace.HoldImage(shelf.Folder));
        Assert.False(File.Exists(shelf.Folder.ImagePath));
    }
}
