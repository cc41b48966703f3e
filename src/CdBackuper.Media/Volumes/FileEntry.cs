using System.Runtime.CompilerServices;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes;

/// <summary>One name in a volume. The name is what the disc says: it may be empty, "..", or hold '/' and NUL.</summary>
public sealed record FileEntry
{
    /// <summary>
    /// The folder it lies in, or the file whose stream it is; null directly below the root. The root itself is no entry.
    /// </summary>
    public FileEntry? Parent { get; init; }

    /// <summary>The name, decoded, without the version number of ISO 9660. Not safe as a file name.</summary>
    public required string Name { get; init; }

    /// <summary>The name's bytes as they stand on the disc.</summary>
    public ReadOnlyMemory<byte> RawName { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The content's length in bytes; 0 for everything but files and streams.</summary>
    public long Size { get; init; }

    /// <summary>
    /// The length that the volume says, where it is another: it counts 2048 bytes for each sector of 2324 (Mode 2 Form 2). Null where it
    /// is <see cref="Size"/>.
    /// </summary>
    public long? StatedSize { get; init; }

    /// <summary>What CD-ROM XA says of the content's sectors.</summary>
    internal XaForm XaForm { get; init; }

    /// <summary>
    /// Bytes that stand before those of the extents and lie nowhere on the disc in this form: the header of an AppleDouble
    /// file (RFC 1740, appendix B), put together by the reader. Empty for nearly all files.
    /// </summary>
    public ReadOnlyMemory<byte> Preamble { get; init; }

    /// <summary>
    /// Type, creator and flags of a Macintosh's file, ten bytes, where a volume of ISO 9660 tells them (Apple Technical Note FL 36); empty for
    /// none. HFS tells them by an AppleDouble file, which stands beside this one; where ISO 9660 has a resource fork it has one too.
    /// </summary>
    public ReadOnlyMemory<byte> FinderInfo { get; init; }

    /// <summary>
    /// Where the content lies, in file order; with the preamble their lengths add up to <see cref="Size"/>. Null where a name is known
    /// but not its place (its directory record is lost): such a file counts as lost.
    /// </summary>
    public IReadOnlyList<Extent>? Extents { get; init; } = [];

    /// <summary>
    /// Where the bytes lie that <see cref="Extents"/> decode to the content, all of them and in file order: so the other trees of the disc know the
    /// file. Null where the content is what is stored.
    /// </summary>
    internal IReadOnlyList<Extent>? Encoded { get; init; }

    /// <summary>Where the first byte is stored and how many are, which every tree of the disc says alike; null for a file of which none are.</summary>
    internal (long Start, long Size)? StoredPlace =>
        Encoded is [var first, ..] ? (first.Start, Extent.TotalLength(Encoded))
        : Extents is [{ IsStored: true } only, ..] ? (only.Start, Size)
        : null;

    /// <summary>When the content was last changed; null where the disc has no (valid) date.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>When the file was made; null where the disc has no (valid) date.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>POSIX mode bits with the file type (RRIP §4.1.1); null where the volume has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Where a symbolic link points, as the disc says it; null for everything else.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>
    /// Which other tree of the disc it comes from, for people: <c>session 1</c>, <c>HFS</c>; null for the disc's own tree.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>Two entries are the same only where they are one: many files of a disc are alike.</summary>
    public bool Equals(FileEntry? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
