namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Puts the runs of a fork together: those of its catalog record and those of the extents overflow file.
/// </summary>
/// <param name="disc">The disc, for its end.</param>
/// <param name="grid">The volume's blocks.</param>
/// <param name="overflow">Further runs.</param>
internal sealed class ForkBuilder(DiscReader disc, BlockGrid grid, ExtentsOverflow overflow)
{
    private readonly List<Extent> extents = [];
    private long blocks;
    private bool hasGap;

    /// <summary>
    /// Where bytes are said to lie whose place is not known: past the end of everything, so that they count as lost.
    /// </summary>
    private long Beyond => Math.Max(disc.LengthBytes, grid.FirstByte + grid.LengthBytes);

    /// <param name="first">The runs of the fork's own record.</param>
    /// <param name="size">Bytes of the fork as its record says; may be any number.</param>
    /// <param name="file">The file's number.</param>
    /// <param name="fork">Which of its forks.</param>
    public BuiltFork Build(ReadOnlySpan<BlockRun> first, ulong size, uint file, ForkKind fork)
    {
        if (size == 0)
        {
            return new(0, [], IsPartial: false);
        }

        extents.Clear();
        (blocks, hasGap) = (0, false);
        var most = (ulong)grid.LengthBytes;
        var length = (long)Math.Min(size, most);
        var needed = ((length - 1) / grid.BlockSize) + 1;
        Add(first, needed);
        if (blocks < needed)
        {
            Continue(file, fork, needed);
        }

        if (extents.Count == 0)
        {
            return new(length, null, IsPartial: true);
        }

        AddGap(needed);
        extents[^1] = extents[^1] with { Length = extents[^1].Length - ((needed * grid.BlockSize) - length) };
        return new(length, [.. extents], hasGap || size > most);
    }

    private void Continue(uint file, ForkKind fork, long needed)
    {
        foreach (var (start, runs) in overflow.Take(file, fork))
        {
            if (start < blocks)
            {
                continue; // said twice: what came first counts
            }

            AddGap(Math.Min(start, needed));
            Add(runs, needed);
            if (blocks >= needed)
            {
                break;
            }
        }
    }

    private void Add(ReadOnlySpan<BlockRun> runs, long needed)
    {
        foreach (var run in runs)
        {
            var count = Math.Min(run.Count, needed - blocks);
            if (count <= 0 || extents.Count >= HfsLimits.ExtentsPerFork)
            {
                continue;
            }

            Append(grid.FirstByte + (run.Start * grid.BlockSize), count * grid.BlockSize);
            blocks += count;
        }
    }

    private void AddGap(long end)
    {
        if (end > blocks)
        {
            hasGap = true;
            Append(Beyond, (end - blocks) * grid.BlockSize);
            blocks = end;
        }
    }

    private void Append(long start, long length)
    {
        if (extents.Count > 0 && extents[^1] is var last && last.Start + last.Length == start)
        {
            extents[^1] = last with { Length = last.Length + length };
        }
        else
        {
            extents.Add(new(start, length));
        }
    }
}
