using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes;

/// <summary>A volume that says what a test wants it to say.</summary>
internal sealed record MadeVolume(IReadOnlyList<FileEntry> Entries, ByteSet Structures) : IVolume
{
    public string Format { get; init; } = "made up";

    public FileSystemKind Kind { get; init; } = FileSystemKind.Iso9660;

    public long SessionStart { get; init; }

    public string? VolumeName { get; init; }

    public string? Uuid { get; init; }

    public IReadOnlyList<string> Creators { get; init; } = [];

    public IReadOnlyDictionary<string, string> Identifiers { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public long LengthBytes { get; init; }

    public bool IsIncomplete { get; init; }

    public IReadOnlyList<BootImage> BootImages { get; init; } = [];

    public IReadOnlyList<Damage> Damages { get; init; } = [];
}
