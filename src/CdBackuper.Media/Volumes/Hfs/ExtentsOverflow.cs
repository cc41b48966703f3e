namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Runs of forks that have more than their catalog record has room for, as the extents overflow file tells them.
/// </summary>
internal sealed class ExtentsOverflow
{
    private readonly Dictionary<(uint File, ForkKind Fork), SortedDictionary<uint, BlockRun[]>> forks = [];
    private int count;

    /// <summary>True when records were left out, since there are too many.</summary>
    public bool IsFull => count >= HfsLimits.OverflowRecords;

    /// <returns>False when the same part of the fork is known already, or there is no more room.</returns>
    public bool Add(uint file, ForkKind fork, uint firstBlock, ReadOnlySpan<BlockRun> runs)
    {
        if (IsFull)
        {
            return false;
        }

        if (!forks.TryGetValue((file, fork), out var known))
        {
            forks.Add((file, fork), known = []);
        }

        if (!known.TryAdd(firstBlock, runs.ToArray()))
        {
            return false;
        }

        count++;
        return true;
    }

    /// <returns>
    /// The parts of a fork, each with the fork's block it begins at, in order. They are given once: numbers of files
    /// are unique, and a disc that says one a million times is not worth a million looks.
    /// </returns>
    public IEnumerable<KeyValuePair<uint, BlockRun[]>> Take(uint file, ForkKind fork) =>
        forks.Remove((file, fork), out var known) ? known : [];
}
