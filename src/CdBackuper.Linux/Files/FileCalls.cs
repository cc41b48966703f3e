using System.Runtime.InteropServices;
using CdBackuper.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Files;

/// <summary>Calls on files that .NET does not have: sync of folders, copies on the server, the page cache, groups.</summary>
public static unsafe class FileCalls
{
    private const nuint LargestCopy = 1 << 30;
    private const int DontNeed = 4;

    /// <summary>Makes the names in a folder durable: new, renamed and deleted files (fsync(2) on the folder).</summary>
    /// <param name="path">An existing folder.</param>
    /// <exception cref="IOException">It cannot be opened or synced. File systems that know no such sync are no error.</exception>
    public static void SyncDirectory(string path)
    {
        using var folder = OpenFolder(path);
        if (LibC.Sync(folder) != 0 && Errno.Last is not Errno.EINVAL)
        {
            throw Failure("sync the folder", path);
        }
    }

    /// <summary>Makes all that was written to the file system of <paramref name="path"/> durable (syncfs(2)).</summary>
    /// <param name="path">An existing folder.</param>
    /// <exception cref="IOException">It cannot be opened, or data could not be written (reported once, Linux 5.8).</exception>
    public static void SyncFileSystem(string path)
    {
        using var folder = OpenFolder(path);
        if (LibC.SyncFileSystem(folder) != 0)
        {
            throw Failure("sync the file system of", path);
        }
    }

    /// <summary>Gives a file a second name, which must be free (link(2)): one of several who want it gets it, over NFS too.</summary>
    /// <param name="path">An existing file.</param>
    /// <param name="name">The new name, in the same file system.</param>
    /// <returns>False when the name is taken; null where the file system has no second names (FAT, some of SMB).</returns>
    /// <exception cref="IOException">Neither: no space, read-only, away.</exception>
    public static bool? TryLink(string path, string name)
    {
        if (LibC.Link(path, name) == 0)
        {
            return true;
        }

        var errno = Errno.Last;
        return errno switch
        {
            // NFS repeats a call whose answer was lost, and is then told that the name is there: it may be ours.
            Errno.EEXIST => FileFacts.Find(path, out _) is { } ours && FileFacts.Find(name, out _) is { } theirs
                && (ours.Inode, ours.FileSystem) == (theirs.Inode, theirs.FileSystem),
            Errno.EPERM or Errno.EOPNOTSUPP or Errno.ENOSYS or Errno.EMLINK or Errno.EXDEV => null,
            _ => throw new IOException($"Could not link {name}: {Errno.Text(errno)}.", errno),
        };
    }

    /// <summary>
    /// Is a copy inside this file system likely to move no data through this machine? NFS from 4.2 and CIFS copy on the
    /// server; btrfs, XFS, bcachefs and ZFS share blocks. A hint, from statfs(2): <see cref="CopyRange"/> is what proves it.
    /// </summary>
    /// <returns>False also where the path does not exist.</returns>
    public static bool CopiesOnServer(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = stackalloc byte[256];
        if (LibC.StatFileSystem(path, bytes) != 0)
        {
            return false;
        }

        // linux/magic.h; fs/smb/client; fs/bcachefs; OpenZFS zfs_vfsops
        return (uint)*(long*)bytes switch
        {
            0x9123683E or 0x58465342 or 0xCA451A4E or 0xFF534D42 or 0xFE534D42 or 0x2FC12FC1 => true,
            0x6969 => MountLine.Holding(path)?.Options is { } options
                && options.Contains("vers=4.", StringComparison.Ordinal)
                && !options.Contains("vers=4.0", StringComparison.Ordinal)
                && !options.Contains("vers=4.1", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>Copies bytes of one file into another in the kernel, or on the server (copy_file_range(2)).</summary>
    /// <param name="source">Open for reading; its position stays.</param>
    /// <param name="sourceOffset">In bytes.</param>
    /// <param name="target">Open for writing, not for appending; another file than the source, or another part of it.</param>
    /// <param name="targetOffset">In bytes.</param>
    /// <param name="length">In bytes.</param>
    /// <returns>
    /// How many bytes were copied, from the start. Fewer, often 0, where the file systems cannot (EXDEV, EINVAL, ENOSYS,
    /// EOPNOTSUPP) or the source ends: copy the rest by reading and writing.
    /// </returns>
    /// <exception cref="IOException">Reading or writing failed: disk full, quota, I/O error.</exception>
    public static long CopyRange(
        SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length)
    {
        var done = 0L;
        while (done < length)
        {
            var (from, to) = (sourceOffset + done, targetOffset + done);
            var wanted = (nuint)Math.Min(length - done, (long)LargestCopy);
            var count = LibC.CopyRange(source, &from, target, &to, wanted, 0);
            if (count > 0)
            {
                done += count;
                continue;
            }

            if (count == 0 || Errno.Last is Errno.EXDEV or Errno.EINVAL or Errno.ENOSYS or Errno.EOPNOTSUPP)
            {
                break;
            }

            if (Errno.Last != Errno.EINTR)
            {
                throw new IOException($"Copying at byte {to} failed: {Errno.Text(Errno.Last)}.", Errno.Last);
            }
        }

        return done;
    }

    /// <summary>
    /// Lets the page cache forget a file, so that the next read comes from the storage (posix_fadvise(2)). Pages not yet
    /// written stay: sync the file first (FileStream.Flush(true)). It is advice; nothing tells whether it was taken.
    /// </summary>
    public static void DropFromCache(SafeFileHandle file) => _ = LibC.Advise(file, 0, 0, DontNeed);

    /// <summary>Can 2048 bytes be read past the page cache (O_DIRECT), as ddrescue's -d does?</summary>
    /// <param name="path">A regular file or a block device; a device is only opened, not read.</param>
    /// <returns>False also where it cannot be opened. A read error of the first sector is a yes: the way exists.</returns>
    public static bool SupportsDirectReads(string path)
    {
        using var file = LibC.Open(path, OpenFlags.ReadOnly | OpenFlags.CloseOnExec | OpenFlags.NonBlock | OpenFlags.Direct);
        if (file.IsInvalid || FileFacts.Find(file) is not { IsRegular: true })
        {
            return !file.IsInvalid;
        }

        using var buffer = new AlignedBuffer(Media.Sectors.Sector.Size);
        _ = PositionedRead.Fill(file, buffer.Bytes, 0, out var errno);
        return errno is not (Errno.EINVAL or Errno.EOPNOTSUPP);
    }

    /// <returns>False for what can't be read twice or has no end, such as a pipe or a device, and for what is not there. Follows symbolic links.</returns>
    public static bool IsRegularFile(string path) => FileFacts.Find(path, out _) is { IsRegular: true };

    /// <returns>The name of the group that owns a file or device; null where the file or the name does not exist.</returns>
    public static string? GroupOf(string path)
    {
        if (FileFacts.Find(path, out _) is not { } facts)
        {
            return null;
        }

        const int Room = 16384;
        var buffer = stackalloc byte[Room];
        var group = stackalloc byte*[8];
        byte** result = null;
        // struct group begins with the name (grp.h)
        return LibC.GroupById(facts.Group, group, buffer, Room, &result) == 0 && result != null
            ? Marshal.PtrToStringUTF8((nint)group[0])
            : null;
    }

    private static SafeFileHandle OpenFolder(string path)
    {
        var folder = LibC.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
        return folder.IsInvalid ? throw Failure("open the folder", path) : folder;
    }

    private static IOException Failure(string what, string path)
    {
        var errno = Errno.Last;
        return new($"Could not {what} {path}: {Errno.Text(errno)}.", errno);
    }
}
