namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// A partition whose blocks are those of a file, and of the file's mirror (UDF 2.50 §2.2.10, §2.2.13).
/// </summary>
/// <param name="main">The metadata file; null where its entry is lost.</param>
/// <param name="mirror">Gives the mirror file, when it is needed; null where its entry is lost.</param>
internal sealed class MetadataPartition(RunMap? main, Func<RunMap?> mirror) : UdfPartition
{
    private readonly Lazy<RunMap?> copy = new(mirror);

    public override long Blocks => main?.Blocks ?? copy.Value?.Blocks ?? 0;

    public override BlockRun Find(long block)
    {
        var run = main?.Find(block) ?? BlockRun.Without(BlockRun.ToTheEnd);
        if (run.Position >= 0)
        {
            return run;
        }

        var other = copy.Value?.Find(block) ?? run;
        return other with { Blocks = Math.Min(run.Blocks, other.Blocks) };
    }

    public override long FindCopy(long block) => copy.Value?.Find(block).Position ?? UdfDisc.Nowhere;
}
