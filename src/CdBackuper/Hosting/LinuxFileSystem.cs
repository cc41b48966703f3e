using CdBackuper.Archive.Store;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Hosting;

/// <summary>Gives the archive the kernel's calls that it asks for.</summary>
internal sealed class LinuxFileSystem : IArchiveFileSystem
{
    public void SyncDirectory(string path) => FileCalls.SyncDirectory(path);

    public void SyncFileSystem(string path) => FileCalls.SyncFileSystem(path);

    public bool? TryLink(string path, string name) => FileCalls.TryLink(path, name);

    public bool CopiesOnServer(string path) => FileCalls.CopiesOnServer(path);

    public long CopyRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length) =>
        FileCalls.CopyRange(source, sourceOffset, target, targetOffset, length);

    public void DropFromCache(SafeFileHandle file) => FileCalls.DropFromCache(file);

    public bool IsMountPoint(string path) => MountTable.IsMountPoint(path);
}
