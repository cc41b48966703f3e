using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CdBackuper.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>
/// Keeps a drive to one process of this machine: flock(2) on a small file in /run/lock, else /tmp. The kernel frees it when
/// the process ends, however it ends. The file stays: deleting it would let two processes lock two files of one name.
/// </summary>
public sealed class DeviceLock : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const uint ForAll = 0b110_110_110;
    private const int MostBytes = 4096;
    private static readonly string[] Folders = ["/run/lock", "/tmp"];
    private readonly SafeFileHandle file;

    private DeviceLock(SafeFileHandle file) => this.file = file;

    /// <param name="devicePath">A device (known by its number), or a tray or file (known by its real path).</param>
    /// <param name="owner">Who takes it, for people: "cdbackuper watch on nas2". A line; the process's id is added.</param>
    /// <param name="deviceLock">The lock, to be kept and disposed; null when it was not taken.</param>
    /// <param name="holder">Who has it, where it was not taken and that can be told.</param>
    /// <returns>False when another process, or this one, has it.</returns>
    /// <exception cref="DriveFaultException">No lock file can be opened in any of the folders.</exception>
    public static bool TryTake(
        string devicePath, string owner, [NotNullWhen(true)] out DeviceLock? deviceLock, out string? holder)
    {
        ArgumentException.ThrowIfNullOrEmpty(devicePath);
        ArgumentNullException.ThrowIfNull(owner);
        var file = OpenLockFile(FileNameFor(devicePath), devicePath);
        if (LibC.Lock(file, Exclusive | DoNotWait) == 0)
        {
            var since = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Write(file, $"{owner.ReplaceLineEndings(" ")} (process {Environment.ProcessId}, since {since})\n");
            (deviceLock, holder) = (new(file), null);
            return true;
        }

        (deviceLock, holder) = (null, Read(file));
        file.Dispose();
        return false;
    }

    /// <summary>Frees the drive.</summary>
    public void Dispose()
    {
        if (!file.IsClosed)
        {
            Write(file, "");
            file.Dispose();
        }
    }

    /// <returns>Such as "cdbackuper-drive-11-0.lock".</returns>
    internal static string FileNameFor(string devicePath)
    {
        var facts = FileFacts.Find(devicePath, out _);
        if (facts is { IsBlockDevice: true } or { IsCharacterDevice: true })
        {
            var kind = facts.IsBlockDevice ? "drive" : "character";
            return string.Create(
                CultureInfo.InvariantCulture, $"cdbackuper-{kind}-{facts.Device.Major}-{facts.Device.Minor}.lock");
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(RealPath.OrFull(devicePath)));
        return $"cdbackuper-{(facts is { IsDirectory: true } ? "tray" : "file")}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}.lock";
    }

    private static SafeFileHandle OpenLockFile(string name, string devicePath)
    {
        var errno = 0;
        foreach (var path in Folders.Select(folder => Path.Combine(folder, name)))
        {
            if (TryOpen(path, out errno) is { } file)
            {
                return file;
            }
        }

        throw new DriveFaultException(
            DriveFault.Other,
            $"Could not lock {devicePath} against other processes: {name} can be opened neither in "
            + $"{string.Join(" nor in ", Folders)} ({Errno.Text(errno)}). Delete the file there, or make /tmp writable.");
    }

    private static SafeFileHandle? TryOpen(string path, out int errno)
    {
        var flags = OpenFlags.ReadWrite | OpenFlags.CloseOnExec | OpenFlags.NoFollow | OpenFlags.NonBlock;
        // Without O_CREAT first: in a folder like /tmp the kernel refuses that for others' files (fs.protected_regular).
        // A second round where another process made it between the two.
        for (var round = 0; round < 2; round++)
        {
            var existing = LibC.Open(path, flags);
            if (!existing.IsInvalid || Errno.Last != Errno.ENOENT)
            {
                errno = Errno.Last;
                return existing.IsInvalid ? null : existing;
            }

            var created = LibC.Open(path, flags | OpenFlags.Create | OpenFlags.Exclusive, ForAll);
            if (!created.IsInvalid)
            {
                // past the umask, so that another user's process can open it
                errno = LibC.ChangeMode(created, ForAll) == 0 ? 0 : Errno.Last;
                return created;
            }
        }

        errno = Errno.Last;
        return null;
    }

    private static unsafe void Write(SafeFileHandle file, string text)
    {
        // Only words for people: the lock holds without them, so a full disk is no reason to fail.
        var bytes = Encoding.UTF8.GetBytes(text);
        _ = LibC.Truncate(file, 0);
        fixed (byte* start = bytes)
        {
            _ = LibC.WriteAt(file, start, (nuint)bytes.Length, 0);
        }
    }

    private static string? Read(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        var count = PositionedRead.Fill(file, bytes, 0, out _);
        return Encoding.UTF8.GetString(bytes[..count]).Trim() is { Length: > 0 } text ? text : null;
    }
}
