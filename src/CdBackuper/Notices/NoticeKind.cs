namespace CdBackuper.Notices;

/// <summary>What a notice is about. Targets choose by it: see docs/notifications.md for the words.</summary>
internal enum NoticeKind
{
    /// <summary>Every file is whole.</summary>
    Whole,

    /// <summary>Every file was whole before.</summary>
    AlreadyWhole,

    /// <summary>Archived, and something is missing, or no file system is known.</summary>
    Damaged,

    /// <summary>Nothing could be read.</summary>
    Unreadable,

    /// <summary>The drive, a tool, the archive or the file that was given failed.</summary>
    Failed,

    /// <summary>Beside what else it is: two discs share an identifier, or can't be told apart.</summary>
    Twin,

    /// <summary>Sent by <c>notify test</c> alone; every target takes it.</summary>
    Test,
}
