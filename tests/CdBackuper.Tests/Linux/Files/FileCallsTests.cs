using System.Security.Cryptography;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Files;

namespace CdBackuper.Tests.Linux.Files;

public sealed class FileCallsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 0, 100_000)]
    [InlineData(4096, 8192, 50_000)]
    [InlineData(3, 5, 7)]
    public void A_range_is_copied_or_refused_but_never_half_told(long from, long to, long length)
    {
        var content = RandomNumberGenerator.GetBytes(100_000);
        using var source = File.OpenHandle(folder.File("source", content));
        using var target = File.OpenHandle(folder.In("target"), FileMode.CreateNew, FileAccess.ReadWrite);
        var copied = FileCalls.CopyRange(source, from, target, to, length);
        Assert.InRange(copied, 0, length);
        var read = new byte[copied];
        Assert.Equal((int)copied, RandomAccess.Read(target, read, to));
        Assert.Equal(content[(int)from..(int)(from + copied)], read);
    }

    [Fact]
    public void A_copy_ends_with_its_source()
    {
        using var source = File.OpenHandle(folder.File("source", new byte[10]));
        using var target = File.OpenHandle(folder.In("target"), FileMode.CreateNew, FileAccess.Write);
        Assert.InRange(FileCalls.CopyRange(source, 4, target, 0, 1000), 0, 6);
    }

    [Fact]
    public void A_copy_to_a_file_that_cannot_be_written_is_an_error()
    {
        using var source = File.OpenHandle(folder.File("source", new byte[10]));
        using var target = File.OpenHandle(folder.File("target", []));
        Assert.Throws<IOException>(() => FileCalls.CopyRange(source, 0, target, 0, 10));
    }

    [Fact]
    public void Folders_are_synced_and_missing_ones_are_an_error()
    {
        FileCalls.SyncDirectory(folder.Path);
        FileCalls.SyncFileSystem(folder.Path);
        Assert.Throws<IOException>(() => FileCalls.SyncDirectory(folder.In("missing")));
        Assert.Throws<IOException>(() => FileCalls.SyncFileSystem(folder.In("missing")));
    }

    [Fact]
    public void What_does_not_exist_copies_nothing_reads_nothing_and_belongs_to_nobody()
    {
        Assert.False(FileCalls.CopiesOnServer(folder.In("missing")));
        Assert.False(FileCalls.SupportsDirectReads(folder.In("missing")));
        Assert.Null(FileCalls.GroupOf(folder.In("missing")));
        Assert.False(FileCalls.CopiesOnServer("/proc"));
        Assert.Equal("root", FileCalls.GroupOf("/proc"));
    }

    [Fact]
    public void Forgetting_a_file_changes_nothing_in_it()
    {
        var path = folder.File("file", [1, 2, 3]);
        using (var file = File.OpenHandle(path))
        {
            FileCalls.DropFromCache(file);
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Mount_points_are_told_from_folders()
    {
        Assert.True(MountTable.IsMountPoint("/"));
        Assert.True(MountTable.IsMountPoint("/proc/"));
        Assert.False(MountTable.IsMountPoint(folder.Path));
        Assert.False(MountTable.IsMountPoint(folder.In("missing")));
        Directory.CreateSymbolicLink(folder.In("link"), "/proc");
        Assert.True(MountTable.IsMountPoint(folder.In("link")));
    }

    [Theory]
    [InlineData(@"36 35 98:0 / /mnt/My\040Photos\134x rw,noatime shared:1 - nfs4 nas:/a rw,vers=4.2", @"/mnt/My Photos\x", "rw,noatime,rw,vers=4.2")]
    [InlineData(@"36 35 98:0 / /été\011 rw - ext4 /dev/sda1 rw", "/été\t", "rw,rw")]
    public void A_line_of_the_mount_table_is_unescaped(string line, string mountPoint, string options)
    {
        var mount = MountLine.TryParse(line);
        Assert.Equal((mountPoint, options), (mount?.MountPoint, mount?.Options));
    }

    [Fact]
    public void A_line_that_is_none_is_left_out() => Assert.Null(MountLine.TryParse("36 35 98:0 / /mnt"));
}
