using CdBackuper.Archive.Store;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Bench;

/// <summary>The kernel's calls as the program makes them; its syncs can be left out, to compare with tools that make none.</summary>
internal sealed class BenchFileSystem(bool syncs) : IArchiveFileSystem
{
    public void SyncDirectory(string path)
    {
        if (syncs)
        {
            FileCalls.SyncDirectory(path);
        }
    }

    public void SyncFileSystem(string path)
    {
        if (syncs)
        {
            FileCalls.SyncFileSystem(path);
        }
    }

    public bool? TryLink(string path, string name) => FileCalls.TryLink(path, name);

    public bool CopiesOnServer(string path) => FileCalls.CopiesOnServer(path);

    public long CopyRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length) =>
        FileCalls.CopyRange(source, sourceOffset, target, targetOffset, length);

    public void DropFromCache(SafeFileHandle file) => FileCalls.DropFromCache(file);

    public bool IsMountPoint(string path) => MountTable.IsMountPoint(path);
}
