namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// A partition of a disc that is written once: a table tells where the current copy of each block lies (UDF 1.50
/// §2.2.8).
/// </summary>
/// <param name="inner">The partition below.</param>
/// <param name="table">The blocks of that partition, by virtual block.</param>
/// <param name="findAll">
/// Looks through the disc for entries by what they say of themselves, and gives the newest of each that the table does
/// not lead to. Asked for once, and only where the table leads to nothing that can be used.
/// </param>
internal sealed class VirtualPartition(
    UdfPartition inner, uint[] table, Func<IReadOnlyDictionary<uint, uint>> findAll) : UdfPartition
{
    /// <summary>The entry of a block that is not used (UDF 1.50 §2.2.10).</summary>
    public const uint Unused = uint.MaxValue;

    private readonly Lazy<IReadOnlyDictionary<uint, uint>> found = new(findAll);

    public override long Blocks => table.Length;

    public override bool IsCopyOld => true;

    public override bool IsAlias(long block, long location) => block < table.Length && table[block] == location;

    public override BlockRun Find(long block)
    {
        if (block >= table.Length)
        {
            return BlockRun.Without(BlockRun.ToTheEnd);
        }

        return table[block] == Unused ? BlockRun.Without(1) : inner.Find(table[block]) with { Blocks = 1 };
    }

    public override long FindCopy(long block) =>
        block <= uint.MaxValue && found.Value.TryGetValue((uint)block, out var place)
            ? inner.Find(place).Position
            : UdfDisc.Nowhere;
}
