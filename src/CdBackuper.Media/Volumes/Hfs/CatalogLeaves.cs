namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Understands the leaf records of a catalog.</summary>
internal abstract class CatalogLeaves : LeafReader
{
    public override string TreeName => "catalog";

    /// <returns>False when the record is no file's thread.</returns>
    public abstract bool TryReadFileThread(ReadOnlySpan<byte> record, out FileThread thread);
}
