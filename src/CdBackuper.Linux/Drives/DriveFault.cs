namespace CdBackuper.Linux.Drives;

/// <summary>What is wrong with a drive, as far as the caller has to tell it apart.</summary>
public enum DriveFault
{
    /// <summary>The drive is there, the disc is not, or not the one that was opened.</summary>
    DiscGone,

    /// <summary>The drive was unplugged, or the tray's folder is missing.</summary>
    DriveGone,

    /// <summary>This user may not use the drive.</summary>
    NoPermission,

    /// <summary>The file is no image that can be read: a sheet that contradicts itself, or names files that are not there.</summary>
    NotADisc,

    /// <summary>All else: the message says what.</summary>
    Other,
}
