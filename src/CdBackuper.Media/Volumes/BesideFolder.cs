namespace CdBackuper.Media.Volumes;

/// <summary>
/// Entries of another tree, copied with the folders that lead to them below a folder of their own, which is made with the first.
/// </summary>
/// <param name="origin">What the other tree is called, for people, and on each entry: <c>session 1</c>.</param>
/// <param name="modified">When the other tree was last changed; null where that is not known.</param>
internal sealed class BesideFolder(string origin, DateTimeOffset? modified)
{
    private readonly Dictionary<FileEntry, FileEntry> copies = [];
    private readonly List<FileEntry> entries = [];

    /// <summary>The folder, then what it holds, each folder before its content; empty while nothing was added.</summary>
    public IReadOnlyList<FileEntry> Entries => entries;

    /// <returns>True where a copy of <paramref name="entry"/> is there.</returns>
    public bool Has(FileEntry entry) => copies.ContainsKey(entry);

    /// <summary>Adds a copy of <paramref name="entry"/>, and of those above it that are not there yet.</summary>
    public void Add(FileEntry entry)
    {
        if (entries.Count == 0)
        {
            entries.Add(new()
            {
                Name = "_" + origin.Replace(' ', '-').ToLowerInvariant(),
                Kind = EntryKind.Directory,
                Modified = modified,
                Origin = origin,
            });
        }

        var missing = new Stack<FileEntry>();
        for (var above = entry; above is not null && !copies.ContainsKey(above); above = above.Parent)
        {
            missing.Push(above);
        }

        foreach (var original in missing)
        {
            var copy = original with { Parent = original.Parent is null ? entries[0] : copies[original.Parent], Origin = origin };
            copies.Add(original, copy);
            entries.Add(copy);
        }
    }
}
