namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>A file or folder as a record of the catalog tells it, the same for HFS and HFS+.</summary>
internal sealed class CatalogItem
{
    /// <summary>The number of the folder it lies in.</summary>
    public required uint ParentId { get; init; }

    /// <summary>Its own number.</summary>
    public required uint Id { get; init; }

    /// <summary>The name's bytes on the disc.</summary>
    public required byte[] RawName { get; init; }

    public required bool IsFolder { get; init; }

    /// <summary>Seconds since 1904; 0 for none.</summary>
    public required uint Created { get; init; }

    /// <inheritdoc cref="Created"/>
    public required uint Modified { get; init; }

    /// <summary>The Finder's 32 bytes.</summary>
    public required FinderBytes Finder { get; init; }

    public BuiltFork Content { get; init; }

    public BuiltFork Resource { get; init; }

    /// <summary>POSIX mode with the file type; 0 where it is not recorded.</summary>
    public ushort Mode { get; init; }

    /// <summary>
    /// The number of the file that a hard link stands for, a device's number, or a count of links (TN1150, "BSD Info").
    /// </summary>
    public uint Special { get; init; }

    /// <summary>True where the content is compressed and lies in an attribute or the resource fork.</summary>
    public bool IsCompressed { get; init; }
}
