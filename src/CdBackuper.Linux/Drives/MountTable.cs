using CdBackuper.Linux.Files;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>What is mounted where, as this process sees it (/proc/self/mountinfo).</summary>
public static class MountTable
{
    /// <param name="path">A folder; symbolic links in it are followed.</param>
    /// <returns>True when a file system is mounted exactly there; false also where the folder does not exist.</returns>
    public static bool IsMountPoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return RealPath.Find(path) is { } real && MountLine.ReadAll().Any(mount => mount.MountPoint == real);
    }
}
