namespace CdBackuper.Media.Volumes.Udf;

/// <summary>One partition map of a logical volume: it says where logical blocks lie on the disc.</summary>
internal abstract class UdfPartition
{
    /// <returns>Where a block and those behind it lie.</returns>
    public abstract BlockRun Find(long block);

    /// <returns>Where a second copy of the block lies; <see cref="UdfDisc.Nowhere"/> where there is none.</returns>
    public virtual long FindCopy(long block) => UdfDisc.Nowhere;

    /// <summary>True where the copy may be older than the block itself.</summary>
    public virtual bool IsCopyOld => false;
}
