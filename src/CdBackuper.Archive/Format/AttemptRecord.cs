namespace CdBackuper.Archive.Format;

/// <summary>attempts/NNNN-NODE-DRIVE.json: one try of a disc in one drive. Written once, never edited.</summary>
public sealed record AttemptRecord
{
    /// <summary>The node it ran on.</summary>
    public required string Node { get; init; }

    /// <summary>The drive's name on that node, such as sr0.</summary>
    public required string Drive { get; init; }

    /// <summary>Who made the drive; null where it does not say.</summary>
    public string? Vendor { get; init; }

    /// <summary>The drive's model; null where it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>The drive's firmware; null where it does not say.</summary>
    public string? Firmware { get; init; }

    /// <summary>The drive's serial number; null where it does not say.</summary>
    public string? Serial { get; init; }

    /// <summary>What was read: a device or an image file.</summary>
    public required string Source { get; init; }

    /// <summary>What the drive called the disc, such as "data disc (mode 1)".</summary>
    public string? Medium { get; init; }

    /// <summary>Tool to version, as the tools say it.</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>whole, alreadyWhole, damaged, unreadable, unknownFileSystem, interrupted, driveFailed or archiveFailed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it stopped, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The runs of ddrescue, in order.</summary>
    public IReadOnlyList<PassRecord> Passes { get; init; } = [];

    /// <summary>How many sectors this attempt read that none before it had.</summary>
    public long SectorsWon { get; init; }

    /// <summary>How many sectors were unread when it ended.</summary>
    public long SectorsUnread { get; init; }

    /// <summary>How many files, by condition, when it ended.</summary>
    public FileCounts Files { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>True where the drive gave other bytes of a sector each time, without an error, so that nothing of it was used; else null.</summary>
    public bool? DriveLies { get; init; }

    /// <summary>What was noticed on the way: files set aside, maps not used.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
