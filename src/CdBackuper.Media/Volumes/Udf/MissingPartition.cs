namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A partition of which too little is known: none of its blocks has a place.</summary>
internal sealed class MissingPartition : UdfPartition
{
    public override long Blocks => 0;

    public override BlockRun Find(long block) => BlockRun.Without(BlockRun.ToTheEnd);
}
