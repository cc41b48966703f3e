namespace CdBackuper.Archive.Format;

/// <summary>labels/TIME-KEY.json: a label that was given to a disc. Written once, never edited.</summary>
public sealed record LabelRecord
{
    /// <summary>What the disc was called.</summary>
    public required string Label { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Given { get; init; }

    /// <summary>How: <c>discord</c>, <c>command</c>, or <c>file</c> for a label.txt that was found and nobody had recorded.</summary>
    public required string Source { get; init; }

    /// <summary>Who, as Discord or the system calls that person; left out where nobody knows.</summary>
    public string? By { get; init; }

    /// <summary>The reply's id, where it was one.</summary>
    public string? Reply { get; init; }
}
