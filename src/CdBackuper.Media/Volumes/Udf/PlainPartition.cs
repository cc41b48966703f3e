namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Blocks that lie one behind the other (a type 1 map, ECMA-167 3/10.7.2).</summary>
/// <remarks>
/// What lies past the partition's end is found too: a partition's length may be wrong, and whether something is there
/// is
/// for the disc to say.
/// </remarks>
internal sealed class PlainPartition(UdfDisc disc, PartitionSpace space) : UdfPartition
{
    public PartitionSpace Space => space;

    /// <summary>Where block 0 lies, in bytes.</summary>
    public long Start => disc.PositionOf(space.Start);

    public override long Blocks => space.Sectors / (disc.BlockSize / disc.SectorSize);

    public override BlockRun Find(long block)
    {
        var start = ((disc.BaseSector + space.Start) * disc.SectorSize) + (block * disc.BlockSize);
        return start < 0 ? BlockRun.Without(1) : new(start, BlockRun.ToTheEnd - block);
    }
}
