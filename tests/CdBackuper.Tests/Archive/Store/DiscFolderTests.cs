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
        string[] kept = ["label.txt.0123456789abcdef0123456789abcdef.new", "notes.2024.txt.new", "notes.new", "status.json"];
        string[] names = [.. kept, "status.json.0123456789abcdef0123456789abcdef.new"];
        Array.ForEach(names, name => File.WriteAllText(disc.In(name), "text"));

        disc.DeleteLeftovers();

        Assert.Equal(kept, Directory.EnumerateFiles(disc.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_persons_file_in_the_archives_root_stays_however_old_it_is()
    {
        ArchiveRoot Open() => ArchiveRoot.OpenToWrite(folder["archive"], requiresMount: false, new LinuxFileSystem());
        Open();
        string[] names = ["shopping.new", "archive.json.0123456789abcdef0123456789abcdef.new"];
        foreach (var path in names.Select(name => Path.Combine(folder["archive"], name)))
        {
            File.WriteAllText(path, "text");
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Open();

        Assert.Equal(["ARCHIVE-FORMAT.md", "shopping.new"], Directory.EnumerateFiles(folder["archive"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\"format\": 1}", true)]
    [InlineData("", true)]
    [InlineData("{\"format\": 2}", false)]
    public void An_archive_of_a_later_format_is_left_alone(string marker, bool isUsable)
    {
        void Open() => ArchiveRoot.OpenToWrite(folder["archive"], requiresMount: false, new LinuxFileSystem());
        Open();
        File.WriteAllText(Path.Combine(folder["archive"], ".cdbackuper", "archive.json"), marker);

        var fault = Record.Exception(Open);

        Assert.Equal(isUsable, fault is null);
        Assert.True(isUsable || fault is ArchiveException { Message: var message } && message.Contains("format 2", StringComparison.Ordinal));
    }
}
