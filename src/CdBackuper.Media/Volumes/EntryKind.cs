namespace CdBackuper.Media.Volumes;

/// <summary>What a name in a volume stands for.</summary>
public enum EntryKind
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A folder.</summary>
    Directory,

    /// <summary>A symbolic link (RRIP §4.1.3). Recorded, never followed and never made.</summary>
    SymbolicLink,

    /// <summary>A device, socket or pipe (RRIP §4.1.1). Recorded, never made.</summary>
    Special,
}
