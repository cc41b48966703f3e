namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Understands the leaf records of a catalog.</summary>
internal abstract class CatalogLeaves : LeafReader
{
    /// <summary>The root folder has a record (TN1150, "Catalog File").</summary>
    public override bool IsNeverEmpty => true;

    public override string TreeName => "catalog";

    /// <returns>False when the record is no file's thread.</returns>
    public abstract bool TryReadFileThread(ReadOnlySpan<byte> record, out FileThread thread);
}
