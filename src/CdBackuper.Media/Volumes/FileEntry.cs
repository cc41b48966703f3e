namespace CdBackuper.Media.Volumes;

/// <summary>One name in a volume. The name is what the disc says: it may be empty, "..", or hold '/' and NUL.</summary>
public sealed class FileEntry
{
    /// <summary>The folder it lies in; null directly below the root. The root itself is no entry.</summary>
    public FileEntry? Parent { get; init; }

    /// <summary>The name, decoded, without the version number of ISO 9660. Not safe as a file name.</summary>
    public required string Name { get; init; }

    /// <summary>The name's bytes as they stand on the disc.</summary>
    public ReadOnlyMemory<byte> RawName { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The content's length in bytes; 0 for everything but files.</summary>
    public long Size { get; init; }

    /// <summary>
    /// Where the content lies, in file order; their lengths add up to <see cref="Size"/>. Null where a name is known
    /// but not its place (its directory record is lost): such a file counts as lost.
    /// </summary>
    public IReadOnlyList<Extent>? Extents { get; init; } = [];

    /// <summary>When the content was last changed; null where the disc has no (valid) date.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>POSIX mode bits with the file type (RRIP §4.1.1); null where the volume has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Where a symbolic link points, as the disc says it; null for everything else.</summary>
    public string? LinkTarget { get; init; }
}
