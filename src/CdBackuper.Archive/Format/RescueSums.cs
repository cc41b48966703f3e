namespace CdBackuper.Archive.Format;

/// <summary>The sums of ddrescue's map.</summary>
/// <param name="Rescued">Bytes that were read.</param>
/// <param name="RescuedPct">The same in percent of the disc's length; 100 only when all was read.</param>
/// <param name="ReadErrors">Sectors that were not read.</param>
public sealed record RescueSums(long Rescued, double RescuedPct, long ReadErrors);
