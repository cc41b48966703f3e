namespace CdBackuper.Media.Rescue;

/// <summary>What came of a pass.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="SectorsWon">How many sectors it read that were unread before.</param>
/// <param name="Duration">How long it took.</param>
public sealed record PassOutcome(RescuePass Pass, long SectorsWon, TimeSpan Duration);
