namespace CdBackuper.Media.Rescue;

/// <summary>How many bytes a map has of each status.</summary>
public readonly record struct RescueTally(long NonTried, long NonTrimmed, long NonScraped, long BadSector, long Finished)
{
    /// <summary>All bytes that the map speaks of.</summary>
    public long Total => NonTried + NonTrimmed + NonScraped + BadSector + Finished;

    /// <summary>True when the map speaks of something and all of it was read.</summary>
    public bool IsComplete => Finished > 0 && Finished == Total;

    /// <summary>How much was read, 0 to 100; 0 for an empty map. Never 100 unless all was read.</summary>
    public double FinishedPercent =>
        Total == 0 ? 0 : IsComplete ? 100 : Math.Min(99.99, Math.Round(100.0 * Finished / Total, 2));
}
