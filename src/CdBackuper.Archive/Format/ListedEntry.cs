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

    /// <summary>The content's length in bytes, as the volume says it.</summary>
    public long Size { get; init; }

    /// <summary>When the content was last changed, as the volume says it.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>POSIX mode bits; null where the volume has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? Target { get; init; }

    /// <summary>The name's bytes on the disc, in hexadecimal; null where they are the UTF-8 of the path's last part.</summary>
    public string? RawName { get; init; }

    /// <summary>Where the content lies on the disc; null where only the name is known.</summary>
    public IReadOnlyList<Extent>? Extents { get; init; }

    /// <summary>The bytes of the file that no attempt has read.</summary>
    public ByteSet Lost { get => field ?? ByteSet.Empty; init; } = ByteSet.Empty;

    /// <summary>The SHA-256 of the file as it lies in the archive, lower-case hexadecimal; null where there is no such file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The verdict in one word.</summary>
    public FileCondition Condition => new FileVerdict(Size, Lost, Extents is not null).Condition;

    /// <returns>True where both speak of the same bytes of the disc, so that a copy of one is a copy of the other.</returns>
    public bool IsSameContent(ListedEntry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind && Size == other.Size
            && (Extents is null || other.Extents is null || Extents.SequenceEqual(other.Extents));
    }
}
