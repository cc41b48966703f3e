namespace CdBackuper.Media.Rescue;

/// <summary>What a pass is for.</summary>
public enum RescueAim
{
    /// <summary>The places where file systems keep descriptors and folders, before all else.</summary>
    Metadata,

    /// <summary>All that the disc may hold.</summary>
    Disc,

    /// <summary>Folders and descriptors that did not read at first.</summary>
    Structures,

    /// <summary>What damaged files miss.</summary>
    Files,

    /// <summary>What the kernel no longer shows of the disc's end.</summary>
    HiddenEnd,

    /// <summary>What no file and no file system owns.</summary>
    Rest,
}
