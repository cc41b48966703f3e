using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>What the archive needs of the operating system beyond .NET: that what was written stays written.</summary>
public interface IArchiveFileSystem
{
    /// <summary>Makes the names in a folder durable (fsync of the folder).</summary>
    void SyncDirectory(string path);

    /// <summary>Makes everything written so far to the file system that holds <paramref name="path"/> durable (syncfs).</summary>
    void SyncFileSystem(string path);

    /// <summary>Gives a file a second name in the same file system, in one step (link).</summary>
    /// <returns>False when the name is taken; null where the file system knows no second names.</returns>
    bool? TryLink(string path, string name);

    /// <returns>True where copying inside the file system is done by the server or by sharing blocks (NFS 4.2, btrfs, xfs).</returns>
    bool CopiesOnServer(string path);

    /// <returns>How many bytes were copied inside the file system; fewer than asked, 0 too, where it can't.</returns>
    long CopyRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length);

    /// <summary>Asks the kernel to forget what it holds of a file in memory, so that a read comes from the storage.</summary>
    void DropFromCache(SafeFileHandle file);

    /// <returns>True when <paramref name="path"/> is where a file system is mounted.</returns>
    bool IsMountPoint(string path);
}
