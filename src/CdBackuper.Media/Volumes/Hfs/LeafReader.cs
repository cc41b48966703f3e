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

    /// <summary>
    /// True while records come from nodes of which nothing says that they are in use, or how many they have: they may be of old.
    /// </summary>
    public bool IsDoubtful { get; set; }

    /// <param name="rest">What a node holds from a record's first byte on; may be anything.</param>
    /// <returns>How long the record is with its key; -1 when this is no leaf record of the tree.</returns>
    public abstract int Measure(ReadOnlySpan<byte> rest);

    /// <param name="record">A record of a node.</param>
    /// <param name="next">The key that the next node begins with, and its length before it.</param>
    /// <returns>True where the record certainly belongs to the next node, or one behind it.</returns>
    public virtual bool IsOfNext(ReadOnlySpan<byte> record, ReadOnlySpan<byte> next) => record.StartsWith(next);

    /// <summary>Takes one record.</summary>
    /// <param name="record">At least as many bytes as <see cref="Measure"/> said.</param>
    /// <param name="offset">Where it begins in the tree's file, in bytes.</param>
    /// <returns>False when it was not taken, since it is known already or makes no sense.</returns>
    public abstract bool Take(ReadOnlySpan<byte> record, long offset);
}
