using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes;

/// <summary>One file system as it was read, of whatever kind.</summary>
internal sealed record Volume : IVolume
{
    /// <summary>A volume of which no more is known than that there should be one.</summary>
    /// <param name="kind">Its family.</param>
    /// <param name="sessionStart">The first sector of its session.</param>
    /// <param name="structures">What had to be read for it.</param>
    /// <param name="damages">What is lost, and how anybody knows.</param>
    public static Volume Missing(FileSystemKind kind, long sessionStart, ByteSet structures, IReadOnlyList<Damage> damages) => new()
    {
        Format = kind == FileSystemKind.Udf ? "UDF" : "HFS",
        Kind = kind,
        SessionStart = sessionStart,
        VolumeName = null,
        Uuid = null,
        Creators = [],
        Created = null,
        LengthBytes = sessionStart * Sector.Size,
        Entries = [],
        Structures = structures,
        IsIncomplete = true,
        Damages = damages,
    };

    public required string Format { get; init; }

    public required FileSystemKind Kind { get; init; }

    public long SessionStart { get; init; }

    public required string? VolumeName { get; init; }

    public required string? Uuid { get; init; }

    public required IReadOnlyList<string> Creators { get; init; }

    public IReadOnlyDictionary<string, string> Identifiers { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public required long LengthBytes { get; init; }

    public required IReadOnlyList<FileEntry> Entries { get; init; }

    public required ByteSet Structures { get; init; }

    public ByteRange? Later { get; init; }

    public bool HasContentBehind { get; init; }

    public bool IsIncomplete { get; init; }

    public IReadOnlyList<BootImage> BootImages { get; init; } = [];

    public required IReadOnlyList<Damage> Damages { get; init; }
}
