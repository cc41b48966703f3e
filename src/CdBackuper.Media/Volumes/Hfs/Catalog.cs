using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// A catalog that is being read: its B-tree, what its records add up to, and what it took to read it.
/// </summary>
internal sealed class Catalog
{
    private readonly CatalogLeaves leaves;
    private readonly BTree tree;
    private bool isDoubtful;

    public Catalog(ForkReader fork, CatalogContent content, CatalogLeaves leaves, DamageLog damages)
    {
        (this.leaves, Content) = (leaves, content);
        tree = new(fork, leaves, damages);
        tree.Read();
    }

    public CatalogContent Content { get; }

    public List<ByteRange> Structures => tree.Structures;

    public bool IsIncomplete => tree.IsIncomplete || isDoubtful || Content.IsFull;

    /// <summary>True when nothing of it could be read.</summary>
    public bool IsLost => Content.Unproven.Count == 0 && (tree.IsLost || Content.Items.Count == 0);

    /// <summary>Makes entries of the items, and of the names of those that are lost.</summary>
    public void List(ItemRule rule, MacEntryBook book, DamageLog damages)
    {
        if (Content.IsFull)
        {
            damages.Add(DamageIds.LimitReached, null, "There are too many files: some are left out.");
        }

        isDoubtful = UnprovenRecords.Judge(Content, leaves, tree, book);
        var placed = new CatalogTree(Content, rule, book, damages);
        placed.Build();
        if (!tree.IsBroken)
        {
            return;
        }

        foreach (var folder in Content.Folders.Keys)
        {
            placed.Reach(folder);
        }

        var lost = new LostFileLeaves(leaves, Content);
        tree.Replay(lost);
        foreach (var thread in lost.Found)
        {
            book.AddLost(placed.Reach(thread.ParentId), thread.RawName);
        }
    }
}
