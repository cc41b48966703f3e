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
