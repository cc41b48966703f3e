namespace CdBackuper.Linux.Drives;

/// <summary>
/// Where discs are put in: an optical drive, a folder that plays one, a single image. Of one thread, since any call may
/// hang as long as the kernel does. All calls but <see cref="ReadModel"/> throw <see cref="DriveFaultException"/>.
/// </summary>
public interface IDrive
{
    /// <summary>Short, for people and records: "sr0", the tray's folder or the image's file name.</summary>
    string Name { get; }

    /// <summary>The device, folder or file, as a full path. Two drives are the same when their paths are.</summary>
    string Path { get; }

    /// <returns>Which drive it is; what cannot be asked is null. Never throws for a drive that is not there.</returns>
    DriveModel ReadModel();

    /// <returns>What lies in it. Never closes an open tray, never waits for a disc.</returns>
    DriveState ReadState();

    /// <returns>
    /// True when the medium may have been changed since the last call of this method on this object, and at the first call.
    /// An optical drive: by CDROM_TIMED_MEDIA_CHANGE (Linux 5.16), else CDROM_MEDIA_CHANGED. Files: another path, inode,
    /// size or time of change; none counts as a medium too.
    /// </returns>
    bool ReadMediaChanged();

    /// <summary>Opens the disc that lies in the drive now. The caller disposes it before <see cref="Eject"/>.</summary>
    /// <exception cref="DriveFaultException">DiscGone where there is none, NoPermission, DriveGone, Other.</exception>
    IDisc OpenDisc();

    /// <summary>Unlocks the door and opens the tray. A tray of files moves the file away; an image file stays.</summary>
    /// <exception cref="DriveFaultException">The tray did not open: refused (Other), in use (Other), gone. A mounted disc Linux 6.1 ejects all the same.</exception>
    void Eject();
}
