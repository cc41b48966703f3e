namespace CdBackuper.EndToEnd.Kit;

/// <summary>
/// A folder on a file system whose server can be stopped, as a NAS stops: whoever asks for it then waits, and is ended by SIGKILL alone,
/// as over NFS with <c>hard</c> (nfs(5)). Mounted by bindfs, without any cache of the kernel's.
/// </summary>
internal sealed class HangingFolder : IDisposable
{
    private readonly RunningProcess server;

    /// <param name="behind">The folder that holds the files.</param>
    /// <param name="path">Where it appears.</param>
    public HangingFolder(string behind, string path)
    {
        Assert.SkipUnless(File.Exists("/dev/fuse"), "/dev/fuse is missing: no file system can be made to hang here");
        Assert.SkipUnless(Tool.Exists("bindfs") && Tool.Exists("fusermount3"), "bindfs or fusermount3 (Debian: fuse3) is missing");
        Path = path;
        server = new("bindfs", ["-f", "--no-allow-other", "-o", "attr_timeout=0,entry_timeout=0,negative_timeout=0,direct_io", behind, path]);
        try
        {
            Until.True(
                () => File.ReadAllText("/proc/self/mounts").Contains($" {path} fuse", StringComparison.Ordinal) || server.HasExited,
                10,
                () => $"{path} is not mounted: {server.Error}");
            Assert.SkipWhen(server.HasExited, $"bindfs can't mount here: {server.Error}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>
    /// From now on nobody who asks for it gets an answer. What the server had taken when it stopped nobody could be killed out of, not even by
    /// SIGKILL (fs/fuse/dev.c, request_wait_answer): so those who use it are stopped first, until it has nothing to do.
    /// </summary>
    /// <param name="users">All who use it; their children are meant too.</param>
    public void Freeze(params RunningProcess[] users)
    {
        int[] parents = [.. users.Select(user => user.Pid)];
        Stop(parents);
        int[] children = [.. parents.SelectMany(ProcessList.ChildrenOf)];
        Stop(children);
        Stop([server.Pid]);
        Array.ForEach([.. children, .. parents], pid => Tool.Run("kill", "-s", "CONT", $"{pid}"));
    }

    /// <summary>Answers again, what was asked meanwhile too.</summary>
    public void Thaw() => server.Signal("CONT");

    public void Dispose()
    {
        if (!server.HasExited)
        {
            Thaw();
        }

        FuseServer.End(server, Path);
    }

    private static void Stop(int[] processes)
    {
        // One may have ended.
        Array.ForEach(processes, pid => Tool.Run("kill", "-s", "STOP", $"{pid}"));
        Until.True(() => processes.All(ProcessList.IsStopped), 20, () => "they do not stop");
    }
}
