namespace CdBackuper.Media.Sectors;

/// <summary>
/// A disc's table of contents, as the drive tells it. DVDs and many drives invent one: a single data track from 0.
/// </summary>
/// <param name="Tracks">In order of their numbers, of all sessions; at least one.</param>
/// <param name="LeadOutSector">The first sector behind the last track, as an absolute logical block address.</param>
/// <param name="LastSessionStart">The first sector of the last session's first track; null where there is one session only.</param>
public sealed record Toc(IReadOnlyList<TocTrack> Tracks, long LeadOutSector, long? LastSessionStart)
{
    /// <summary>Where the lead-outs of all sessions but the last begin, in order; empty for one session, and where the drive does not tell.</summary>
    public IReadOnlyList<long> SessionEnds { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Toc? other) =>
        other is not null && LeadOutSector == other.LeadOutSector && LastSessionStart == other.LastSessionStart
        && Tracks.SequenceEqual(other.Tracks) && SessionEnds.SequenceEqual(other.SessionEnds);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tracks.Count, LeadOutSector, LastSessionStart);
}
