using System.Diagnostics;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

public sealed class DeviceLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_second_is_told_who_has_it_until_the_first_gives_it_back()
    {
        Assert.True(DeviceLock.TryTake(folder.Path, "the first\nof two", out var first, out var holder));
        Assert.Null(holder);
        Assert.False(DeviceLock.TryTake(folder.Path + "/", "the second", out var second, out holder));
        Assert.Null(second);
        Assert.StartsWith($"the first of two (process {Environment.ProcessId}, since ", holder, StringComparison.Ordinal);
        first.Dispose();
        first.Dispose();
        Assert.True(DeviceLock.TryTake(folder.Path, "the second", out second, out _));
        second.Dispose();
    }

    [Fact]
    public void Two_drives_have_two_locks_and_one_drive_by_two_names_has_one()
    {
        folder.Folder("sr1");
        folder.Folder("sr10");
        Directory.CreateSymbolicLink(folder.In("link"), "sr1");
        Assert.True(DeviceLock.TryTake(folder.In("sr1"), "x", out var one, out _));
        using (one)
        {
            Assert.True(DeviceLock.TryTake(folder.In("sr10"), "x", out var ten, out _));
            ten.Dispose();
            Assert.False(DeviceLock.TryTake(folder.In("link"), "x", out _, out _));
        }
    }

    [Fact]
    public void The_lock_of_a_killed_process_is_free()
    {
        var path = LockFile();
        using var other = Process.Start("flock", ["--exclusive", path, "--command", "echo the other > " + path + "; exec sleep 1000"]);
        try
        {
            Eventually.True(() => new FileInfo(path).Length > 0, "the other process has the lock");
            Assert.False(DeviceLock.TryTake(folder.Path, "we", out _, out var holder));
            Assert.Equal("the other", holder);
        }
        finally
        {
            other.Kill(entireProcessTree: true);
            other.WaitForExit();
        }

        DeviceLock? ours = null;
        Eventually.True(() => DeviceLock.TryTake(folder.Path, "we", out ours, out _), "the lock is free");
        ours!.Dispose();
    }

    [Fact]
    public void Another_process_cannot_take_ours_and_children_do_not_inherit_it()
    {
        var path = LockFile();
        Assert.True(DeviceLock.TryTake(folder.Path, "we", out var ours, out _));
        using var child = Process.Start("sleep", ["1000"]);
        try
        {
            Assert.Equal(1, FlockExitCode(path));
            ours.Dispose();
            Assert.Equal(0, FlockExitCode(path));
        }
        finally
        {
            child.Kill();
        }
    }

    private static int FlockExitCode(string path)
    {
        using var flock = Process.Start("flock", ["--nonblock", path, "true"]);
        flock.WaitForExit();
        return flock.ExitCode;
    }

    /// <summary>Takes and frees the lock once, so that its file is there.</summary>
    private string LockFile()
    {
        Assert.True(DeviceLock.TryTake(folder.Path, "once", out var once, out _));
        once.Dispose();
        return Path.Combine("/run/lock", DeviceLock.FileNameFor(folder.Path));
    }
}
