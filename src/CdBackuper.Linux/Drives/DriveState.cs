namespace CdBackuper.Linux.Drives;

/// <summary>What a drive says of itself (CDROM_DRIVE_STATUS, linux/cdrom.h).</summary>
public enum DriveState
{
    /// <summary>The tray is shut and nothing lies in it (CDS_NO_DISC). Many drives say this with an open tray too.</summary>
    Empty,

    /// <summary>The tray is open (CDS_TRAY_OPEN).</summary>
    TrayOpen,

    /// <summary>A disc is being recognised, or a file is still being copied into a tray: ask again (CDS_DRIVE_NOT_READY).</summary>
    NotReady,

    /// <summary>A disc can be opened (CDS_DISC_OK).</summary>
    Loaded,
}
