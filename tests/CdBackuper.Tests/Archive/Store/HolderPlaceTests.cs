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
