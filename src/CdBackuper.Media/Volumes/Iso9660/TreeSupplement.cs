namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Adds to a tree with lost directories what another tree of the same volume still knows: the files whose content no
/// entry of the first has, under the other's path; and empty files and folders that lay in a lost directory.
/// </summary>
internal sealed class TreeSupplement
{
    private readonly TreeWalk chosen;
    private readonly TreeWalk other;
    private readonly HashSet<(long Start, long Size)> known = [];
    private readonly Dictionary<(FileEntry? Parent, string Name), FileEntry> byName = [];
    private readonly Dictionary<FileEntry, FileEntry> mapped = [];
    private readonly HashSet<FileEntry> parents;
    private readonly HashSet<FileEntry> made = [];
    private readonly List<FileEntry> added = [];

    private TreeSupplement(TreeWalk chosen, TreeWalk other)
    {
        this.chosen = chosen;
        this.other = other;
        parents = [.. other.Entries.Select(entry => entry.Parent).OfType<FileEntry>()];
        foreach (var entry in chosen.Entries)
        {
            byName.TryAdd((entry.Parent, entry.Name), entry);
            if (entry.StoredPlace is { } place)
            {
                known.Add(place);
            }
        }
    }

    /// <returns>The entries to add behind those of <paramref name="chosen"/>, folders first.</returns>
    public static IReadOnlyList<FileEntry> Find(TreeWalk chosen, TreeWalk other)
    {
        var supplement = new TreeSupplement(chosen, other);
        foreach (var entry in other.Entries)
        {
            supplement.Consider(entry);
        }

        return supplement.added;
    }

    private void Consider(FileEntry entry)
    {
        FileEntry? parent = null;
        var isParentKnown = entry.Parent is null || mapped.TryGetValue(entry.Parent, out parent);
        if (isParentKnown && byName.TryGetValue((parent, entry.Name), out var same) && same.Kind == entry.Kind)
        {
            if (entry.Kind == EntryKind.Directory)
            {
                mapped[entry] = same;
                return;
            }
        }

        var isLost = entry.StoredPlace is { } place
            ? known.Add(place)
            : !parents.Contains(entry)
                && isParentKnown
                && (chosen.IsIncompleteAt(parent) || (parent is not null && made.Contains(parent)))
                && !byName.ContainsKey((parent, entry.Name));
        if (isLost)
        {
            Add(entry);
        }
    }

    /// <summary>Adds an entry and those of its folders that are not there yet, from the top down.</summary>
    private void Add(FileEntry entry)
    {
        var missing = new Stack<FileEntry>();
        for (var ancestor = entry; ancestor is not null && !mapped.ContainsKey(ancestor); ancestor = ancestor.Parent)
        {
            missing.Push(ancestor);
        }

        foreach (var original in missing)
        {
            var copy = original with { Parent = original.Parent is null ? null : mapped[original.Parent] };
            added.Add(copy);
            if (copy.Kind == EntryKind.Directory)
            {
                mapped[original] = copy;
                made.Add(copy);
                byName.TryAdd((copy.Parent, copy.Name), copy);
            }
        }
    }
}
