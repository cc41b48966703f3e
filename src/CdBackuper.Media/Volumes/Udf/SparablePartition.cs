namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// A partition of a rewritable disc, some packets of which lie elsewhere since they wore out (UDF 1.50 §2.2.9).
/// </summary>
internal sealed class SparablePartition : UdfPartition
{
    private readonly UdfDisc disc;
    private readonly UdfPartition inner;
    private readonly int packetBlocks;
    private readonly uint[] originals;
    private readonly uint[] sectors;

    /// <param name="disc">The disc.</param>
    /// <param name="inner">Where packets lie that are not remapped.</param>
    /// <param name="packetBlocks">Blocks of a packet, at least 1.</param>
    /// <param name="remapped">The first block of each remapped packet, and the sector where it lies now.</param>
    public SparablePartition(UdfDisc disc, UdfPartition inner, int packetBlocks, IReadOnlyDictionary<uint, uint> remapped)
    {
        this.disc = disc;
        this.inner = inner;
        this.packetBlocks = packetBlocks;
        originals = [.. remapped.Keys.Where(block => block % packetBlocks == 0)];
        Array.Sort(originals);
        if (originals.Length < remapped.Count)
        {
            disc.Damages.Add(
                DamageIds.UdfSparingTableInvalid,
                null,
                "The sparing table names blocks that begin no packet: they were passed over.");
        }

        sectors = Array.ConvertAll(originals, original => remapped[original]);
    }

    public override long Blocks => inner.Blocks;

    public override BlockRun Find(long block)
    {
        var packet = block / packetBlocks * packetBlocks;
        var index = packet > uint.MaxValue ? ~originals.Length : Array.BinarySearch(originals, (uint)packet);
        if (index >= 0)
        {
            var start = disc.PositionOf(sectors[index]);
            var offset = block - packet;
            return start < 0
                ? BlockRun.Without(packetBlocks - offset)
                : new(start + (offset * disc.BlockSize), packetBlocks - offset);
        }

        // as it lies, up to the next packet that does not
        var run = inner.Find(block);
        return ~index < originals.Length ? run with { Blocks = Math.Min(run.Blocks, originals[~index] - block) } : run;
    }
}
