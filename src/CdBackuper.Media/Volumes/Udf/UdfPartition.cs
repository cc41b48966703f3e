namespace CdBackuper.Media.Volumes.Udf;

/// <summary>One partition map of a logical volume: it says where logical blocks lie on the disc.</summary>
internal abstract class UdfPartition
{
    /// <summary>How many blocks it has, as far as the disc tells.</summary>
    public abstract long Blocks { get; }

    /// <returns>Where a block and those behind it lie.</returns>
    public abstract BlockRun Find(long block);

    /// <returns>Where a second copy of the block lies; <see cref="UdfDisc.Nowhere"/> where there is none.</returns>
    public virtual long FindCopy(long block) => UdfDisc.Nowhere;

    /// <returns>
    /// True where a descriptor of the block may say that it lies in block <paramref name="location"/>: some writers
    /// tell
    /// the number that it has in the partition below.
    /// </returns>
    public virtual bool IsAlias(long block, long location) => false;

    /// <summary>True where the copy may be older than the block itself.</summary>
    public virtual bool IsCopyOld => false;
}
