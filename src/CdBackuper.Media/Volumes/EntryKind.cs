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

    /// <summary>A named stream of a file (ECMA-167 4/8.8.3, UDF 2.00 §3.3.5). Recorded, never made.</summary>
    Stream,
}
