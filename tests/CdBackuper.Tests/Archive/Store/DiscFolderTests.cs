using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive.Store;

public sealed class DiscFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_crash_left_of_records_is_deleted_and_a_label_that_is_being_written_is_not()
    {
        var root = ArchiveRoot.OpenToWrite(folder["archive"], requiresMount: false, new LinuxFileSystem());
        var disc = root.Disc("disc");
        Directory.CreateDirectory(disc.Path);
        string[] names = ["status.json", "status.json.abc.new", "label.txt.abc.new", "notes.txt"];
        Array.ForEach(names, name => File.WriteAllText(disc.In(name), "text"));

        disc.DeleteLeftovers();

        Assert.Equal(
            ["label.txt.abc.new", "notes.txt", "status.json"],
            Directory.EnumerateFiles(disc.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
