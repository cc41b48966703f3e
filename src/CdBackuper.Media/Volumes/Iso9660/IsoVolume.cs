using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>An ISO 9660 volume as it was read.</summary>
internal sealed class IsoVolume : IVolume
{
    public required string Format { get; init; }

    public required string? VolumeName { get; init; }

    public required string? Uuid { get; init; }

    public required IReadOnlyList<string> Creators { get; init; }

    public required DateTimeOffset? Created { get; init; }

    public required long LengthBytes { get; init; }

    public required IReadOnlyList<FileEntry> Entries { get; init; }

    public required ByteSet Structures { get; init; }

    public required IReadOnlyList<Damage> Damages { get; init; }
}
