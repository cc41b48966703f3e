using System.Runtime.InteropServices;

namespace CdBackuper.Linux.Native;

/// <summary>Paths without symbolic links, dots and doubled slashes, by which two names of one file are known as one.</summary>
internal static class RealPath
{
    /// <returns>Null where the file does not exist or a folder on the way cannot be entered.</returns>
    internal static unsafe string? Find(string path)
    {
        const int PathMax = 4096;
        var buffer = stackalloc byte[PathMax];
        return LibC.RealPath(path, buffer) == null ? null : Marshal.PtrToStringUTF8((nint)buffer);
    }

    /// <returns>The real path, or for a file that is not there the full path as it is written.</returns>
    internal static string OrFull(string path) => Find(path) ?? Path.GetFullPath(path);
}
