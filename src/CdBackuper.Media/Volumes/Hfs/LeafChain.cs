namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The links of leaves (Inside Macintosh: Files, 2-65; TN1150, "Node Descriptor"), and what they say of nodes of which nothing else tells
/// whether they are in use. A node that is taken out of the chain keeps its links, but both of its neighbours get others: so two nodes that
/// name each other are in use, and one is not of which a neighbour that is names another.
/// </summary>
internal sealed class LeafChain
{
    private readonly Dictionary<int, (uint Backward, uint Forward)> links = [];
    private readonly HashSet<int> used = [];
    private Dictionary<uint, int>? before;
    private Dictionary<uint, int>? after;

    /// <param name="number">A leaf.</param>
    /// <param name="backward">The one before it; 0 for none.</param>
    /// <param name="forward">The one behind it; 0 for none.</param>
    /// <param name="isUsed">True where it is known to be in use.</param>
    public void Add(int number, uint backward, uint forward, bool isUsed)
    {
        links[number] = (backward, forward);
        if (isUsed)
        {
            used.Add(number);
        }
    }

    /// <returns>True where the leaf is in use, false where it is not; null where that is not known.</returns>
    public bool? IsUsed(int number)
    {
        var (backward, forward) = links[number];
        if (used.Contains(number) || IsPair(backward, (uint)number) || IsPair((uint)number, forward))
        {
            return true;
        }

        var isOutside = (IsCertain(backward) && links[(int)backward].Forward != number) || (IsCertain(forward) && links[(int)forward].Backward != number);
        return isOutside ? false : null;
    }

    /// <returns>The leaf in use that names this node as the one behind it; null where none is known.</returns>
    public int? Before(int number) => (before ??= Index(link => link.Forward)).TryGetValue((uint)number, out var found) ? found : null;

    /// <returns>The leaf in use that names this node as the one before it; null where none is known.</returns>
    public int? After(int number) => (after ??= Index(link => link.Backward)).TryGetValue((uint)number, out var found) ? found : null;

    private Dictionary<uint, int> Index(Func<(uint Backward, uint Forward), uint> side)
    {
        var index = new Dictionary<uint, int>();
        foreach (var (number, link) in links)
        {
            if (IsUsed(number) == true)
            {
                index.TryAdd(side(link), number);
            }
        }

        return index;
    }

    private bool IsCertain(uint number) => number <= int.MaxValue && links.TryGetValue((int)number, out var link)
        && (used.Contains((int)number) || IsPair(link.Backward, number) || IsPair(number, link.Forward));

    private bool IsPair(uint first, uint second) => first is > 0 and <= int.MaxValue && second is > 0 and <= int.MaxValue
        && links.TryGetValue((int)first, out var left) && left.Forward == second
        && links.TryGetValue((int)second, out var right) && right.Backward == first;
}
