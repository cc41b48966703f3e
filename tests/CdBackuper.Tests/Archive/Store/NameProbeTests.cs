using CdBackuper.Archive.Store;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class NameProbeTests
{
    [Theory]
    [InlineData("plain.jpg")]
    [InlineData("why: a?.jpg")]
    [InlineData("con.")]
    [InlineData("end ")]
    public void A_file_system_of_Linux_takes_every_name_and_nothing_is_left_of_the_question(string name)
    {
        using var shelf = new Shelf();

        Assert.Equal(NameRules.Linux, NameProbe.Find(shelf.Folder, [name, new string('x', 250)]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(shelf.Folder.IncomingPath));
    }
}
