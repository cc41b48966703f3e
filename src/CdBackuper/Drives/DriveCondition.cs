namespace CdBackuper.Drives;

/// <summary>What a drive is about, for people and programs.</summary>
internal enum DriveCondition
{
    /// <summary>Nothing lies in it.</summary>
    Empty,

    /// <summary>Its tray is open.</summary>
    TrayOpen,

    /// <summary>It recognises a disc, or has not been asked yet.</summary>
    NotReady,

    /// <summary>A disc lies in it that is done, or waits for the archive.</summary>
    Loaded,

    /// <summary>A disc is being worked on.</summary>
    Working,

    /// <summary>It can't be asked: gone, forbidden, or broken.</summary>
    Trouble,
}
