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

    /// <summary>How many runs of unread bytes there are.</summary>
    public int UnreadAreas => Unread().Count;

    /// <summary>How many sectors were not read, in part or in whole.</summary>
    public long UnreadSectors => Unread().SectorCount;

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

    private ByteSet Unread() =>
        ByteSet.Of(Blocks.Where(block => block.Status != BlockStatus.Finished).Select(block => block.Range));
}
