namespace CdBackuper.Media.Volumes.Composition;

/// <summary>
/// On a bridge disc a file whose entry is lost on one side is still known to the other: its place is taken from there. Not where one side
/// was written on since, and has files of one name elsewhere: the lost one may be of those.
/// </summary>
internal static class LostPlaces
{
    /// <summary>Of so many files that both sides know one may lie elsewhere: the names of one side are shortened, and may be another's.</summary>
    private const int FilesForOneElsewhere = 100;

    /// <returns>The entries of <paramref name="main"/>, in order; the same list where nothing could be filled in.</returns>
    public static IReadOnlyList<FileEntry> FillIn(IVolume main, IVolume other)
    {
        if (!main.Entries.Any(IsLost))
        {
            return main.Entries;
        }

        var places = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        var otherPaths = new TreePaths(other.Entries);
        foreach (var entry in other.Entries)
        {
            if (entry is { Kind: EntryKind.File, Extents: not null } && otherPaths.Of(entry) is { } path)
            {
                places.TryAdd(path, entry);
            }
        }

        var paths = new TreePaths(main.Entries);
        var both = main.Entries.Where(entry => entry is { Kind: EntryKind.File, Extents.Count: > 0 })
            .Select(entry => (Mine: entry, Theirs: paths.Of(entry) is { } path ? places.GetValueOrDefault(path) : null))
            .Where(pair => pair.Theirs is not null).ToArray();
        if (both.Count(pair => !IsSamePlace(pair.Mine, pair.Theirs!)) * FilesForOneElsewhere > both.Length)
        {
            return main.Entries;
        }

        var filled = new Dictionary<FileEntry, FileEntry>();
        FileEntry Fill(FileEntry entry)
        {
            if (IsLost(entry) && paths.Of(entry) is { } path && places.TryGetValue(path, out var known))
            {
                return filled[entry] = entry with { Size = known.Size, Extents = known.Extents, Encoded = known.Encoded, Modified = entry.Modified ?? known.Modified };
            }

            // A stream lies below its file.
            return entry.Parent is { } parent && filled.TryGetValue(parent, out var copy) ? entry with { Parent = copy } : entry;
        }

        return [.. main.Entries.Select(Fill)];
    }

    private static bool IsSamePlace(FileEntry mine, FileEntry theirs) =>
        mine.StoredPlace == theirs.StoredPlace;

    private static bool IsLost(FileEntry entry) => entry is { Kind: EntryKind.File, Extents: null };
}
