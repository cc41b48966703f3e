namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds the thread records of some files and folders, and where in the order of numbers no record is missing: a thread that would stand there
/// and does not is none. A file that is deleted or renamed has its thread deleted or renamed with it.
/// </summary>
/// <param name="catalog">Understands the records.</param>
/// <param name="tree">Knows its nodes.</param>
/// <param name="numbers">Those of the files and folders.</param>
internal sealed class ThreadLeaves(CatalogLeaves catalog, BTree tree, HashSet<uint> numbers) : LeafReader
{
    private readonly Dictionary<uint, FileThread> found = [];
    private readonly SortedDictionary<long, (uint First, uint Last)> nodes = [];
    private List<(uint First, uint Last)>? runs;

    public override bool IsWide => catalog.IsWide;

    public override string TreeName => catalog.TreeName;

    public override int Measure(ReadOnlySpan<byte> rest) => catalog.Measure(rest);

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        if (Trust == RecordTrust.Unproven)
        {
            return false;
        }

        var parent = CatalogLeaves.ParentOf(record);
        if (tree.IsSound(offset))
        {
            var node = offset / tree.NodeSize * tree.NodeSize;
            nodes[node] = (nodes.TryGetValue(node, out var known) ? known.First : parent, parent);
        }

        return numbers.Contains(parent) && catalog.TryReadThread(record, out var thread, out _) && found.TryAdd(thread.Id, thread);
    }

    /// <returns>True where the thread says the same as the item, false where it says another or there is none; null where it may be lost.</returns>
    public bool? Agrees(CatalogItem item) =>
        found.TryGetValue(item.Id, out var thread) ? thread.ParentId == item.ParentId && thread.RawName.AsSpan().SequenceEqual(item.RawName)
        : IsInside(item.Id) ? false
        : null;

    /// <returns>True where every record is known that a key would have of this number and no name.</returns>
    private bool IsInside(uint number)
    {
        runs ??= [.. nodes.Select(node => (node.Value.First, EndOf(node.Key, node.Value.Last))).Order()];
        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = runs[middle].First < number ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && number <= runs[low - 1].Last;
    }

    private uint EndOf(long node, uint last) => tree.NextOf(node) is { } next && nodes.TryGetValue(next, out var following) ? following.First : last;
}
