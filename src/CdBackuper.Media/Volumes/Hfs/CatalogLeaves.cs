using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Understands the leaf records of a catalog.</summary>
internal abstract class CatalogLeaves : LeafReader
{
    /// <summary>The root folder has a record (TN1150, "Catalog File").</summary>
    public override bool IsNeverEmpty => true;

    public override string TreeName => "catalog";

    /// <returns>The number that a record's key begins with, by which the tree is ordered first: in both kinds of keys at the same place.</returns>
    public static uint ParentOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32BigEndian(record[2..]);

    /// <returns>What stands behind a file's key; empty where the record is no file's.</returns>
    public abstract ReadOnlySpan<byte> ValueOfFile(ReadOnlySpan<byte> record);

    /// <returns>False when the record is no file's thread.</returns>
    public bool TryReadFileThread(ReadOnlySpan<byte> record, out FileThread thread) => TryReadThread(record, out thread, out var isFile) && isFile;

    /// <returns>False when the record is no thread.</returns>
    public abstract bool TryReadThread(ReadOnlySpan<byte> record, out FileThread thread, out bool isFile);
}
