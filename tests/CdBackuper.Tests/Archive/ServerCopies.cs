using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Tests.Archive;

/// <summary>The real file system, that says of itself what NFS 4.2 says: that it copies on the server.</summary>
internal sealed class ServerCopies(long atMost = long.MaxValue) : IArchiveFileSystem
{
    private readonly LinuxFileSystem real = new();
    private int copies;

    public int Copies => copies;

    public void SyncDirectory(string path) => real.SyncDirectory(path);

    public void SyncFileSystem(string path) => real.SyncFileSystem(path);

    public bool? TryLink(string path, string name) => real.TryLink(path, name);

    public bool CopiesOnServer(string path) => true;

    public long CopyRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length)
    {
        Interlocked.Increment(ref copies);
        return real.CopyRange(source, sourceOffset, target, targetOffset, Math.Min(length, atMost));
    }

    public void DropFromCache(SafeFileHandle file) => real.DropFromCache(file);

    public bool IsMountPoint(string path) => real.IsMountPoint(path);
}
