namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Where the blocks of a file lie that holds a partition.</summary>
internal sealed class RunMap
{
    private readonly List<long> firstBlocks = [];
    private readonly List<long> positions = [];
    private readonly int blockSize;
    private readonly long end;

    /// <param name="runs">The file's runs in order.</param>
    /// <param name="blockSize">Bytes of a block.</param>
    public RunMap(IReadOnlyList<ContentRun> runs, int blockSize)
    {
        this.blockSize = blockSize;
        foreach (var run in runs)
        {
            firstBlocks.Add(end);
            positions.Add(run.Position);
            end += (run.Length + blockSize - 1) / blockSize;
        }
    }

    /// <summary>How many blocks the file has.</summary>
    public long Blocks => end;

    public BlockRun Find(long block)
    {
        if (block >= end)
        {
            return BlockRun.Without(BlockRun.ToTheEnd);
        }

        var index = firstBlocks.BinarySearch(block);
        index = index < 0 ? ~index - 1 : index;
        var next = index + 1 < firstBlocks.Count ? firstBlocks[index + 1] : end;
        return positions[index] < 0
            ? BlockRun.Without(next - block)
            : new(positions[index] + ((block - firstBlocks[index]) * blockSize), next - block);
    }
}
