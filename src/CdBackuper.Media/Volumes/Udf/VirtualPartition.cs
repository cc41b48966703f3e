namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A partition of a disc that is written once: a table tells where the current copy of each block lies (UDF 1.50 §2.2.8).</summary>
internal sealed class VirtualPartition(UdfPartition inner, uint[] table) : UdfPartition
{
    /// <summary>The entry of a block that is not used (UDF 1.50 §2.2.10).</summary>
    public const uint Unused = uint.MaxValue;

    public override BlockRun Find(long block)
    {
        if (block >= table.Length)
        {
            return BlockRun.Without(BlockRun.ToTheEnd);
        }

        return table[block] == Unused ? BlockRun.Without(1) : inner.Find(table[block]) with { Blocks = 1 };
    }
}
