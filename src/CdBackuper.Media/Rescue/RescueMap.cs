using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>The meaning of a ddrescue mapfile: which bytes of the image were read. Immutable.</summary>
public sealed class RescueMap
{
    private RescueMap(IReadOnlyList<RescueBlock> blocks)
    {
        Blocks = blocks;
        Finished = ByteSet.Of(blocks.Where(block => block.Status == BlockStatus.Finished).Select(block => block.Range));
        Tally = new(
            Sum(BlockStatus.NonTried),
            Sum(BlockStatus.NonTrimmed),
            Sum(BlockStatus.NonScraped),
            Sum(BlockStatus.BadSector),
            Sum(BlockStatus.Finished));

        long Sum(BlockStatus status) => blocks.Where(block => block.Status == status).Sum(block => block.Range.Length);
    }

    /// <summary>A map that speaks of nothing: no byte was read.</summary>
    public static RescueMap Empty { get; } = new([]);

    /// <summary>The blocks, in order, without overlap.</summary>
    public IReadOnlyList<RescueBlock> Blocks { get; }

    /// <summary>Every byte that was read.</summary>
    public ByteSet Finished { get; }

    /// <summary>The sums by status.</summary>
    public RescueTally Tally { get; }

    /// <summary>The first byte that the map no longer speaks of.</summary>
    public long End => Blocks.Count == 0 ? 0 : Blocks[^1].Range.End;

    /// <summary>Every byte that the map speaks of and that was not read.</summary>
    public ByteSet Unread =>
        ByteSet.Of(Blocks.Where(block => block.Status != BlockStatus.Finished).Select(block => block.Range));

    /// <summary>How many runs of unread bytes there are.</summary>
    public int UnreadAreas => Unread.Count;

    /// <summary>How many sectors were not read, in part or in whole.</summary>
    public long UnreadSectors => Unread.SectorCount;

    /// <param name="blocks">In order, without overlap.</param>
    /// <exception cref="ArgumentException">A block begins before the end of the one before it.</exception>
    public static RescueMap Of(IReadOnlyList<RescueBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        for (var index = 1; index < blocks.Count; index++)
        {
            if (blocks[index].Range.Start < blocks[index - 1].Range.End)
            {
                throw new ArgumentException($"Block {index} begins before the end of the one before it.", nameof(blocks));
            }
        }

        return new(blocks);
    }

    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="finished">What was read.</param>
    /// <param name="bad">What was tried and could not be read; of bytes in both sets what was read counts.</param>
    /// <returns>A map over the whole disc; what is in neither set was not tried.</returns>
    public static RescueMap Over(long lengthBytes, ByteSet finished, ByteSet bad)
    {
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(bad);
        var all = new ByteRange(0, lengthBytes);
        var blocks = finished.Within(all).Select(range => new RescueBlock(range, BlockStatus.Finished)).ToList();
        var failed = bad.Except(finished);
        blocks.AddRange(failed.Within(all).Select(range => new RescueBlock(range, BlockStatus.BadSector)));
        blocks.AddRange(finished.Union(failed).Missing(all).Select(range => new RescueBlock(range, BlockStatus.NonTried)));
        blocks.Sort(static (left, right) => left.Range.Start.CompareTo(right.Range.Start));
        return new(blocks);
    }
}
