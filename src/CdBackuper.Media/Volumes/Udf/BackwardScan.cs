using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Looks through a part of a disc from its end to its beginning, without asking a drive for every unreadable sector.
/// </summary>
internal static class BackwardScan
{
    private const int RunSectors = 32;

    /// <returns>
    /// The readable sectors from <paramref name="end"/> (exclusive) down to <paramref name="first"/>.
    /// </returns>
    /// <remarks>
    /// A disc that was never closed may have hundreds of thousands of unreadable sectors behind the last one. Runs that
    /// can be read at neither end are passed over once enough single sectors were tried.
    /// </remarks>
    public static IEnumerable<(long Sector, byte[] Bytes)> Run(DiscReader disc, long first, long end)
    {
        var run = new byte[RunSectors * Sector.Size];
        var failures = 0;
        for (var next = end; next > first;)
        {
            var start = Math.Max(first, next - RunSectors);
            var count = (int)(next - start);
            var isWhole = disc.TryRead(start, run.AsSpan(0, count * Sector.Size));
            var isHopeless = !isWhole && failures >= UdfLimits.UnreadableSearchedSectors
                && disc.ReadSector(start) is null && disc.ReadSector(next - 1) is null;
            for (var sector = next - 1; sector >= start && !isHopeless; sector--)
            {
                var bytes = isWhole
                    ? run.AsSpan((int)(sector - start) * Sector.Size, Sector.Size).ToArray()
                    : disc.ReadSector(sector);
                if (bytes is not null)
                {
                    yield return (sector, bytes);
                }
                else
                {
                    failures++;
                }
            }

            next = start;
        }
    }
}
