using CdBackuper.Linux.Files;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>Makes the exception, with words for people, of an error number.</summary>
internal static class DriveFaults
{
    /// <param name="drive">Path of the device or file.</param>
    /// <param name="what">What was tried, to follow "could not": "eject the disc".</param>
    /// <param name="errno">What happened.</param>
    internal static DriveFaultException Of(string drive, string what, int errno)
    {
        var fault = errno switch
        {
            Errno.ENOMEDIUM or Errno.EMEDIUMTYPE => DriveFault.DiscGone,
            Errno.ENXIO or Errno.ENODEV or Errno.ENOENT or Errno.ENOTDIR or Errno.ENOTCONN or Errno.ESTALE =>
                DriveFault.DriveGone,
            Errno.EACCES or Errno.EPERM => DriveFault.NoPermission,
            _ => DriveFault.Other,
        };
        var advice = fault switch
        {
            DriveFault.DiscGone => "There is no disc in it, or it was taken out. Put it in again: it is resumed.",
            DriveFault.DriveGone => "It is not there, or was unplugged. Check its cable and the path.",
            DriveFault.NoPermission => PermissionAdvice(drive),
            _ when errno == Errno.EBUSY =>
                $"Another program uses it. Unmount the disc (umount {drive}), or end what `fuser -v {drive}` shows.",
            _ => "Try again, then another disc or another drive; `dmesg` tells what the kernel saw.",
        };
        return new(fault, $"Could not {what} ({drive}): {Errno.Text(errno)}. {advice}");
    }

    private static string PermissionAdvice(string drive)
    {
        if (FileFacts.Find(drive, out _) is { IsBlockDevice: true } && FileCalls.GroupOf(drive) is { } group)
        {
            return group == "root"
                ? $"The device belongs to group root: run as root, or give it to group cdrom (chgrp cdrom {drive})."
                : $"The device belongs to group {group}. Join it: `sudo usermod -aG {group} $USER`, then log in anew.";
        }

        return $"Run as a user who may use it: `ls -ld {drive}` shows who may.";
    }
}
