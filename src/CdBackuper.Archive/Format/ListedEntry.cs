using System.Text.Json.Serialization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>One name of a disc in listing.json.</summary>
public sealed record ListedEntry
{
    /// <summary>Where it lies below <c>files/</c>, with '/'.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The content's length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The length that the volume says, where it is another (sectors of Form 2); null where it is <see cref="Size"/>.</summary>
    public long? StatedSize { get; init; }

    /// <summary>When the content was last changed, as the volume says it.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>POSIX mode bits; null where the volume has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The name's bytes on the disc, in hexadecimal; null where the path's last part stands in them in UTF-8 or big-endian UTF-16,
    /// with at most a version number or a mark of the character size beside it.
    /// </summary>
    public string? RawName { get; init; }

    /// <summary>
    /// Which other tree of the disc the entry comes from, such as <c>session 1</c>; null for the disc's own tree.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>When the file was made, as the volume says it; null where it does not.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>
    /// Bytes in hexadecimal that stand before those of the extents and not on the disc (the header of an AppleDouble file);
    /// null for none.
    /// </summary>
    public string? Preamble { get; init; }

    /// <summary>Type, creator and flags of a Macintosh's file as ISO 9660 tells them, in hexadecimal; null for none.</summary>
    public string? FinderInfo { get; init; }

    /// <summary>Where the content lies on the disc; null where only the name is known.</summary>
    public IReadOnlyList<Extent>? Extents { get; init; }

    /// <summary>The bytes of the file that no attempt has read.</summary>
    public ByteSet Lost { get => field ?? ByteSet.Empty; init; } = ByteSet.Empty;

    /// <summary>
    /// Bytes of the file in the archive that come from a program before this one: no attempt has read them from the disc, so
    /// nobody knows that they are right. None of them is lost.
    /// </summary>
    [JsonIgnore]
    public ByteSet Unverified { get => WrittenUnverified ?? ByteSet.Empty; init => WrittenUnverified = value.IsEmpty ? null : value; }

    /// <summary><see cref="Unverified"/> as it is written: null for none, since it is rare.</summary>
    [JsonPropertyName("unverified")]
    public ByteSet? WrittenUnverified { get; init; }

    /// <summary>The SHA-256 of the file as it lies in the archive, lower-case hexadecimal; null where there is no such file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The verdict in one word; perfect for what has no content.</summary>
    public FileCondition Condition =>
        Kind is not (EntryKind.File or EntryKind.Stream) ? FileCondition.Perfect
        : Unverified.IsEmpty ? new FileVerdict(Size, Lost, Extents is not null).Condition
        : Lost.IsEmpty ? FileCondition.Unverified
        : FileCondition.Damaged;

    /// <returns>The entry as a volume has it, as far as its content goes.</returns>
    public FileEntry ToFileEntry() => new()
    {
        Name = Path,
        Kind = Kind,
        Size = Size,
        Extents = Extents,
        Preamble = Preamble is null ? default : Convert.FromHexString(Preamble),
    };

    /// <returns>True where both speak of the same bytes of the disc, so that a copy of one is a copy of the other.</returns>
    public bool IsSameContent(ListedEntry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind && Size == other.Size && Preamble == other.Preamble
            && (Extents is null || other.Extents is null || Extents.SequenceEqual(other.Extents));
    }
}
