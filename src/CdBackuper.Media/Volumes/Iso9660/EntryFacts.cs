using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>What a directory record says about an entry, apart from where its content lies.</summary>
internal readonly record struct EntryFacts(string Name, byte[] RawName, DateTimeOffset? Modified)
{
    public EntryKind Kind { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>True for what belongs to the file of the same name, such as a resource fork (ECMA-119 §9.1.6 bit 2).</summary>
    public bool IsAssociated { get; init; }

    /// <summary>Type, creator and flags of a Macintosh's file, in the Finder's 32 bytes; null where they are not told.</summary>
    public byte[]? FinderInfo { get; init; }

    /// <summary>Of which form its sectors are said to be.</summary>
    public XaForm XaForm { get; init; }

    public uint? Mode { get; init; }

    public string? LinkTarget { get; init; }

    /// <summary>The bytes of <see cref="LinkTarget"/>.</summary>
    public byte[]? RawLink { get; init; }

    /// <summary>How the content is compressed (ZF); null where it is not.</summary>
    public ZisofsClaim? Zisofs { get; init; }

    /// <summary>The block of the directory this entry stands for (RRIP §4.1.5.1).</summary>
    public uint? ChildBlock { get; init; }

    /// <summary>True where the directory has been moved here, and belongs elsewhere (RRIP §4.1.5.3).</summary>
    public bool IsRelocated { get; init; }

    /// <summary>True where a part of what the record says is lost, and its name may be one.</summary>
    public bool IsCut { get; init; }
}
