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
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileEntry> byKey = new(StringComparer.Ordinal);
    private readonly ContentComparison comparison;

    public KnownContent(IReadOnlyList<FileEntry> entries, ISectorSource source)
    {
        comparison = new(source, ComparedBytes);
        var folded = new TreePaths(entries);
        foreach (var entry in entries)
        {
            Add(entry, folded.Of(entry));
        }
    }

    public void Add(FileEntry entry, string? path)
    {
        if (path is not null)
        {
            paths.Add(path);
            byKey.TryAdd(KeyOf(entry, path), entry);
        }

        if (PlaceOf(entry) is { } place)
        {
            places.Add(place);
        }
    }

    /// <returns>True where what <paramref name="entry"/> stands for is known already.</returns>
    public bool Has(FileEntry entry, string? path)
    {
        if (path is not null && entry is { Kind: EntryKind.File, Extents: null } && paths.Contains(path))
        {
            return true; // where it lies is lost, and another tree has what is called so
        }

        var same = path is null ? null : byKey.GetValueOrDefault(KeyOf(entry, path));
        if (same is not null && (entry.Kind != EntryKind.File || (entry.Size == 0 && same.Size == 0)))
        {
            return same.Kind == entry.Kind;
        }

        return (PlaceOf(entry) is { } place && places.Contains(place))
            || (same is { Kind: EntryKind.File } && same.Size == entry.Size && comparison.IsSame(entry, same));
    }

    /// <summary>A folder, a link to each place, and anything else of one path are not one.</summary>
    private static string KeyOf(FileEntry entry, string path) => entry.Kind switch
    {
        EntryKind.Directory => $"{path}/",
        EntryKind.SymbolicLink => $"{path}\0{entry.LinkTarget}",
        _ => path,
    };

    /// <summary>Where a file's bytes begin; null for one without bytes on the disc, and one that begins with bytes of the reader's.</summary>
    private static (long Start, long Size)? PlaceOf(FileEntry entry) =>
        entry.Kind == EntryKind.File && entry.Preamble.IsEmpty ? entry.StoredPlace : null;
}
