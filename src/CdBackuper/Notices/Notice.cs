using System.Text.Json.Serialization;
using CdBackuper.Archive.Format;

namespace CdBackuper.Notices;

/// <summary>
/// What is told to people of one attempt: facts alone, made once from what the attempt recorded. Other programs get it as it is
/// (docs/notifications.md, "The document"): fields are added, never changed.
/// </summary>
internal sealed record Notice
{
    /// <summary>Unlike that of any other notice; the same however often it is sent.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>When the attempt ended, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The node that tried the disc.</summary>
    public required string Node { get; init; }

    /// <summary>The drive on it.</summary>
    public required string Drive { get; init; }

    /// <summary>Who made the drive, and its model; null where it does not say.</summary>
    public string? DriveModel { get; init; }

    /// <summary>What happened, in a sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next, for people; empty for nothing.</summary>
    public required string Next { get; init; }

    /// <summary>The disc; null where the attempt ended before it had a folder.</summary>
    public NoticeDisc? Disc { get; init; }

    /// <summary>How many files of the disc, by condition; null where none are known.</summary>
    public FileCounts? Files { get; init; }

    /// <summary>How much of the disc's data was read by all attempts, 0 to 100; null where nobody knows.</summary>
    public double? Percent { get; init; }

    /// <summary>How many sectors no attempt has read.</summary>
    public long UnreadSectors { get; init; }

    /// <summary>How many sectors this attempt read that none before it had.</summary>
    public long SectorsWon { get; init; }

    /// <summary>Which attempt on this disc it was, from 1; 0 where none was recorded.</summary>
    public int Attempt { get; init; }

    /// <summary>The nodes that tried the disc before, the predecessor's too, in order of first attempt.</summary>
    public IReadOnlyList<string> EarlierNodes { get => field ?? []; init; } = [];

    /// <summary>When the attempt began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long the attempt took.</summary>
    public double DurationSeconds => Math.Round((Time - Started).TotalSeconds, 1);

    /// <summary>The files that miss most, the most hurt first; at most <see cref="MaxWorst"/>.</summary>
    public IReadOnlyList<NoticeFile> Worst { get => field ?? []; init; } = [];

    /// <summary>What is known of a disc that shares this one's identifier, or may be the same, in a sentence; null for none.</summary>
    public string? Twin { get; init; }

    /// <summary>So many files are named at the most.</summary>
    [JsonIgnore]
    public static int MaxWorst => 10;

    /// <summary>What targets choose by: what it is about, and that a twin is spoken of.</summary>
    [JsonIgnore]
    public IEnumerable<NoticeKind> Kinds => Twin is null ? [Kind] : [Kind, NoticeKind.Twin];
}
