namespace CdBackuper.Linux.Native;

/// <summary>The error numbers this project tells apart (asm-generic/errno.h; the same on x64 and arm64).</summary>
internal static class Errno
{
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EIO = 5;
    internal const int ENXIO = 6;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EBUSY = 16;
    internal const int EEXIST = 17;
    internal const int EXDEV = 18;
    internal const int ENODEV = 19;
    internal const int ENOTDIR = 20;
    internal const int EINVAL = 22;
    internal const int ENOTTY = 25;
    internal const int EROFS = 30;
    internal const int EMLINK = 31;
    internal const int ENOSYS = 38;
    internal const int EBADE = 52;
    internal const int ENODATA = 61;
    internal const int ENOLINK = 67;
    internal const int EILSEQ = 84;
    internal const int EOPNOTSUPP = 95;
    internal const int ENOBUFS = 105;
    internal const int ENOTCONN = 107;
    internal const int ETIMEDOUT = 110;
    internal const int ESTALE = 116;
    internal const int EREMOTEIO = 121;
    internal const int ENOMEDIUM = 123;
    internal const int EMEDIUMTYPE = 124;

    /// <summary>The error number of the last call of this thread.</summary>
    internal static int Last => System.Runtime.InteropServices.Marshal.GetLastPInvokeError();

    /// <returns>The C library's words for it, such as "Permission denied".</returns>
    internal static string Text(int errno) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno);

    /// <summary>
    /// Does the error speak of the sector that was asked for, and not of the drive? The block layer makes it of the
    /// drive's sense: measured on Linux 6.1 are ENODATA (3/11), EREMOTEIO (4/xx, 5/20 …) and EIO (all else); a time-out,
    /// a failed checksum and a lost path have errors of their own (block/blk-core.c, blk_errors).
    /// </summary>
    internal static bool IsUnreadableSector(int errno) =>
        errno is EIO or ENODATA or EREMOTEIO or ETIMEDOUT or EILSEQ or EBADE or ENOLINK;
}
