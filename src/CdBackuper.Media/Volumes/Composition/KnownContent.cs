using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>
/// What the trees that were taken already hold, to tell what another tree has besides. Two entries are of one content where
/// they lie at one place, or have one path, one length and the same bytes.
/// </summary>
internal sealed class KnownContent
{
    /// <summary>How much is read for comparisons, in bytes; past it both are kept. Writers that copy files to a new session do so for few.</summary>
    private const long ComparedBytes = 256L << 20;

    private readonly HashSet<(long Start, long Size)> places = [];
    private readonly Dictionary<string, FileEntry> byPath = new(StringComparer.Ordinal);
    private readonly ContentComparison comparison;

    public KnownContent(IReadOnlyList<FileEntry> entries, ISectorSource source)
    {
        comparison = new(source, ComparedBytes);
        var paths = new TreePaths(entries);
        foreach (var entry in entries)
        {
            Add(entry, paths.Of(entry));
        }
    }

    public void Add(FileEntry entry, string? path)
    {
        if (path is not null)
        {
            byPath.TryAdd(path, entry);
        }

        if (PlaceOf(entry) is { } place)
        {
            places.Add(place);
        }
    }

    /// <returns>True where what <paramref name="entry"/> stands for is known already.</returns>
    public bool Has(FileEntry entry, string? path)
    {
        var same = path is null ? null : byPath.GetValueOrDefault(path);
        if (same is not null && (entry.Kind != EntryKind.File || entry.Extents is null || (entry.Size == 0 && same.Size == 0)))
        {
            return same.Kind == entry.Kind;
        }

        return (PlaceOf(entry) is { } place && places.Contains(place))
            || (same is { Kind: EntryKind.File } && same.Size == entry.Size && comparison.IsSame(entry, same));
    }

    /// <summary>Where a file's bytes begin; null for one without bytes on the disc, and one that begins with bytes of the reader's.</summary>
    private static (long Start, long Size)? PlaceOf(FileEntry entry) =>
        entry.Kind == EntryKind.File && entry.Preamble.IsEmpty && entry.Extents is [{ IsStored: true } first, ..]
            ? (first.Start, entry.Size)
            : null;
}
