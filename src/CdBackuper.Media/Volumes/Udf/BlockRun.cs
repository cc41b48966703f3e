namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Where a partition's blocks lie.</summary>
/// <param name="Position">
/// The first byte, absolute on the disc; <see cref="UdfDisc.Nowhere"/> where the blocks have no place.
/// </param>
/// <param name="Blocks">
/// How many blocks follow one another there, at least 1: what is known of them, not what is asked for.
/// </param>
internal readonly record struct BlockRun(long Position, long Blocks)
{
    /// <summary>More blocks than a 32-bit number can tell: to the partition's end, wherever that is.</summary>
    public const long ToTheEnd = 1L << 32;

    /// <returns>Blocks that lie nowhere.</returns>
    public static BlockRun Without(long blocks) => new(UdfDisc.Nowhere, blocks);
}
