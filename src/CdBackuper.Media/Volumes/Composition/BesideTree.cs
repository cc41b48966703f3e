namespace CdBackuper.Media.Volumes.Composition;

/// <summary>What only one of the other trees of a disc has: its files, and the folders that lead to them.</summary>
internal sealed class BesideTree
{
    private readonly BesideFolder folder;

    private BesideTree(IVolume volume, string origin)
    {
        (Volume, Origin) = (volume, origin);
        folder = new(origin, volume.Modified ?? volume.Created);
    }

    public IVolume Volume { get; }

    /// <summary>For people, and on each entry: <c>session 1</c>.</summary>
    public string Origin { get; }

    /// <summary>A folder for the tree, then what it has; empty where it has nothing of its own.</summary>
    public IReadOnlyList<FileEntry> Entries => folder.Entries;

    public int Files { get; private set; }

    public IEnumerable<Damage> Damages =>
        Volume.Damages.Select(damage => damage with { Detail = $"{Origin}: {damage.Detail}" });

    /// <param name="volume">The other volume.</param>
    /// <param name="origin">What it is called.</param>
    /// <param name="main">The volume whose tree is the disc's.</param>
    /// <param name="known">What the trees taken before hold; takes what this one adds.</param>
    public static BesideTree Of(IVolume volume, string origin, IVolume main, KnownContent known)
    {
        var tree = new BesideTree(volume, origin);
        var paths = new TreePaths(volume.Entries);

        // Another kind of file system spells names its own way, so that of a file without bytes nobody can tell whether
        // the main tree has it; a session of the same kind spells alike.
        var isAlike = volume.Kind == main.Kind;
        var parents = isAlike ? volume.Entries.Select(entry => entry.Parent).OfType<FileEntry>().ToHashSet() : [];
        foreach (var entry in volume.Entries)
        {
            var path = paths.Of(entry);
            var isLeaf = entry.Kind switch
            {
                EntryKind.Stream => false,
                EntryKind.Directory => isAlike && !parents.Contains(entry),
                EntryKind.File => isAlike || entry is { Size: > 0 } or { Extents: null },
                _ => true,
            };
            if (!isLeaf || known.Has(entry, path))
            {
                continue;
            }

            tree.folder.Add(entry);
            tree.Files += entry.Kind == EntryKind.File ? 1 : 0;
            known.Add(entry, path);
        }

        tree.AddStreams();
        return tree;
    }

    /// <summary>A stream goes where its file goes.</summary>
    private void AddStreams()
    {
        foreach (var entry in Volume.Entries)
        {
            if (entry is { Kind: EntryKind.Stream, Parent: { } file } && folder.Has(file))
            {
                folder.Add(entry);
            }
        }
    }
}
