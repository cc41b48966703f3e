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

    /// <summary>Every byte that was asked for at least once.</summary>
    public ByteSet Tried =>
        ByteSet.Of(Blocks.Where(block => block.Status != BlockStatus.NonTried).Select(block => block.Range));

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

    /// <param name="lengthBytes">The disc's length; the map speaks at least of so much.</param>
    /// <param name="finished">What was read besides.</param>
    /// <param name="bad">What was tried and could not be read; of bytes in both sets what was read counts.</param>
    /// <returns>This map with that on top. What no status was known of was not tried.</returns>
    public RescueMap With(long lengthBytes, ByteSet finished, ByteSet bad)
    {
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(bad);
        var all = new ByteRange(0, Math.Max(lengthBytes, End));
        var taken = ByteSet.Empty;
        var blocks = new List<RescueBlock>();
        void Add(BlockStatus status, ByteSet ranges)
        {
            blocks.AddRange(ranges.Except(taken).Within(all).Select(range => new RescueBlock(range, status)));
            taken = taken.Union(ranges);
        }

        Add(BlockStatus.Finished, Finished.Union(finished));
        Add(BlockStatus.BadSector, Of(BlockStatus.BadSector).Union(bad));
        Add(BlockStatus.NonTrimmed, Of(BlockStatus.NonTrimmed));
        Add(BlockStatus.NonScraped, Of(BlockStatus.NonScraped));
        Add(BlockStatus.NonTried, ByteSet.Of(all));
        blocks.Sort(static (left, right) => left.Range.Start.CompareTo(right.Range.Start));
        return new(blocks);
    }

    /// <returns>Every byte of one status.</returns>
    public ByteSet Of(BlockStatus status) =>
        ByteSet.Of(Blocks.Where(block => block.Status == status).Select(block => block.Range));
}
