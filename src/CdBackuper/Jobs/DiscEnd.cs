namespace CdBackuper.Jobs;

/// <summary>How an attempt ended. Exit codes and the tray follow from it.</summary>
internal enum DiscEnd
{
    /// <summary>Every file is whole.</summary>
    Whole,

    /// <summary>Every file was whole before; the disc is proven to be the same.</summary>
    AlreadyWhole,

    /// <summary>Archived, and something is missing.</summary>
    Damaged,

    /// <summary>Read, but without a file system that this program knows; the image is kept.</summary>
    UnknownFileSystem,

    /// <summary>Nothing could be read.</summary>
    Unreadable,

    /// <summary>Stopped by a signal; goes on next time.</summary>
    Interrupted,

    /// <summary>The drive, the disc's presence or a tool failed; goes on next time.</summary>
    DriveFailed,

    /// <summary>The archive failed: away, full, read-only. Goes on when it is back.</summary>
    ArchiveFailed,

    /// <summary>The file that was given is no disc image; nothing was archived.</summary>
    NotADisc,
}
