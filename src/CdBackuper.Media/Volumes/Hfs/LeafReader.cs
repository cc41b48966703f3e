using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Understands the leaf records of one kind of B-tree.</summary>
internal abstract class LeafReader
{
    /// <summary>True for HFS+, whose keys begin with two bytes of length, false for HFS, where it is one.</summary>
    public abstract bool IsWide { get; }

    /// <summary>True for a tree that has records on any volume: one that says it has none is broken.</summary>
    public virtual bool IsNeverEmpty => false;

    /// <summary>What the tree is called, for people.</summary>
    public abstract string TreeName { get; }

    /// <summary>What is known of the nodes that the records come from.</summary>
    public RecordTrust Trust { get; set; }

    /// <param name="rest">What a node holds from a record's first byte on; may be anything.</param>
    /// <returns>How long the record is with its key; -1 when this is no leaf record of the tree.</returns>
    public abstract int Measure(ReadOnlySpan<byte> rest);

    /// <param name="left">A record, or its key with the length before it.</param>
    /// <param name="right">Another, of the same tree.</param>
    /// <returns>The order of their keys: less than 0, 0 or more; null where it is not certain.</returns>
    public virtual int? Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var key = KeyBytes(right);
        return key > 0 && left.Length >= key && right.Length >= key && left[..key].SequenceEqual(right[..key]) ? 0 : null;
    }

    /// <summary>Takes one record.</summary>
    /// <param name="record">At least as many bytes as <see cref="Measure"/> said.</param>
    /// <param name="offset">Where it begins in the tree's file, in bytes.</param>
    /// <returns>False when it was not taken, since it is known already or makes no sense.</returns>
    public abstract bool Take(ReadOnlySpan<byte> record, long offset);

    private int KeyBytes(ReadOnlySpan<byte> record) => record.Length < 2 ? 0
        : IsWide ? 2 + BinaryPrimitives.ReadUInt16BigEndian(record)
        : 1 + record[0];
}
