using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Native;

/// <summary>What statx(2) says of a file (linux/stat.h, struct statx: one layout on all machines).</summary>
/// <param name="Mode">Type and permission bits.</param>
/// <param name="Group">The owning group's number.</param>
/// <param name="Inode">Unique in its file system.</param>
/// <param name="Length">In bytes; 0 for devices.</param>
/// <param name="Modified">When the content last changed, in UTC.</param>
/// <param name="Device">Major and minor number of the device the node stands for; 0:0 for other files.</param>
/// <param name="FileSystem">Major and minor number of the device that holds the file.</param>
internal sealed record FileFacts(
    ushort Mode,
    uint Group,
    ulong Inode,
    long Length,
    DateTimeOffset Modified,
    (uint Major, uint Minor) Device,
    (uint Major, uint Minor) FileSystem)
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int TypeMask = 0xF000;

    internal bool IsRegular => (Mode & TypeMask) == 0x8000;

    internal bool IsDirectory => (Mode & TypeMask) == 0x4000;

    internal bool IsBlockDevice => (Mode & TypeMask) == 0x6000;

    internal bool IsCharacterDevice => (Mode & TypeMask) == 0x2000;

    /// <summary>Follows symbolic links.</summary>
    /// <returns>Null where it cannot be asked; <paramref name="errno"/> then says why.</returns>
    internal static unsafe FileFacts? Find(string path, out int errno)
    {
        var bytes = stackalloc byte[256];
        var failed = LibC.StatX(CurrentDirectory, path, 0, BasicFacts, bytes) != 0;
        errno = failed ? Errno.Last : 0;
        return failed ? null : Parse(new(bytes, 256));
    }

    /// <returns>The facts of an open file; null where they cannot be asked.</returns>
    internal static unsafe FileFacts? Find(SafeFileHandle file)
    {
        var bytes = stackalloc byte[256];
        return LibC.StatX(file, "", EmptyPath, BasicFacts, bytes) != 0 ? null : Parse(new(bytes, 256));
    }

    private static FileFacts Parse(ReadOnlySpan<byte> bytes)
    {
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[112..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(bytes[120..]);
        return new(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            // a broken clock can have written a year that DateTimeOffset does not know
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_798))
                .AddTicks(nanoseconds / 100),
            Pair(bytes[128..]),
            Pair(bytes[136..]));
    }

    private static (uint Major, uint Minor) Pair(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
}
