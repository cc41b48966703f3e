namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Puts the items of a catalog together as a tree, level by level, each folder once. Every item says in which folder it
/// lies; what lies in none that can be reached from the root is placed by thread records, or below a folder of its own.
/// </summary>
internal sealed class CatalogTree
{
    private const string OrphansName = "_orphans";

    private readonly CatalogContent content;
    private readonly ItemRule rule;
    private readonly MacEntryBook book;
    private readonly DamageLog damages;
    private readonly CatalogItem[] items;
    private readonly Dictionary<uint, (int First, int Count)> children = [];
    private readonly Dictionary<uint, CatalogItem> folders = [];
    private readonly Dictionary<uint, FileEntry?> reached = [];
    private readonly Queue<uint> pending = [];
    private FileEntry? orphans;

    public CatalogTree(CatalogContent content, ItemRule rule, MacEntryBook book, DamageLog damages)
    {
        (this.content, this.rule, this.book, this.damages) = (content, rule, book, damages);
        items = [.. content.Items];
        SortByParent();
        for (var index = 0; index < items.Length; index++)
        {
            var parent = items[index].ParentId;
            var run = children.GetValueOrDefault(parent, (First: index, Count: 0));
            children[parent] = (run.First, run.Count + 1);
            if (items[index].IsFolder)
            {
                folders.TryAdd(items[index].Id, items[index]);
            }
        }
    }

    /// <summary>Lists all items.</summary>
    public void Build()
    {
        Enter(CatalogContent.RootId, null);
        foreach (var (parent, run) in children)
        {
            var isRootAlone = parent == CatalogContent.RootParentId && run.Count == 1 && IsRoot(items[run.First]);
            if (IsFolderNumber(parent))
            {
                Reach(parent);
            }
            else if (parent != CatalogContent.RootId && !isRootAlone)
            {
                Enter(parent, Orphans());
            }
        }

        rule.AddRest();
    }

    /// <returns>The folder with this number, which is placed if it is not yet; null for the root.</returns>
    public FileEntry? Reach(uint folder)
    {
        if (reached.TryGetValue(folder, out var known))
        {
            return known;
        }

        // up to what is reached, or can't be followed, or begins to go round
        var path = new Stack<uint>();
        var met = new HashSet<uint>();
        var current = folder;
        while (!reached.ContainsKey(current) && met.Add(current) && IsFolderNumber(current))
        {
            path.Push(current);
            current = folders.TryGetValue(current, out var item) ? item.ParentId
                : content.Folders.TryGetValue(current, out var thread) ? thread.ParentId
                : 0;
        }

        var isAttached = reached.TryGetValue(current, out var parent);
        while (path.TryPop(out var next))
        {
            var isThere = reached.TryGetValue(next, out var already);
            parent = isThere ? already : Place(next, isAttached ? parent : Orphans());
            isAttached = true;
        }

        return isAttached ? parent : null;
    }

    private static bool IsRoot(CatalogItem item) =>
        item is { IsFolder: true, Id: CatalogContent.RootId, ParentId: CatalogContent.RootParentId };

    private static bool IsFolderNumber(uint number) => number > CatalogContent.RootId;

    private FileEntry Place(uint number, FileEntry? parent)
    {
        var entry = folders.TryGetValue(number, out var item) ? book.AddFolder(parent, item, item.RawName)
            : content.Folders.TryGetValue(number, out var thread) ? book.AddFolder(parent, thread.RawName)
            : book.AddFolder(parent, $"folder {number}", []);
        damages.Add(
            DamageIds.HfsFolderOrphaned,
            null,
            $"The folder {DamageLog.Quote(entry.Name)} was not found by its parent: what else is known placed it.");
        Enter(number, entry);
        return entry;
    }

    private FileEntry Orphans() => orphans ??= book.AddFolder(null, OrphansName, []);

    private void Enter(uint folder, FileEntry? entry)
    {
        reached.Add(folder, entry);
        pending.Enqueue(folder);
        while (pending.TryDequeue(out var next))
        {
            if (!children.TryGetValue(next, out var run))
            {
                continue;
            }

            for (var index = run.First; index < run.First + run.Count; index++)
            {
                Add(reached[next], items[index]);
            }
        }
    }

    private void Add(FileEntry? parent, CatalogItem item)
    {
        if (!item.IsFolder)
        {
            if (rule.LinkedFolder(item) is { } linked)
            {
                AddLinked(parent, item, linked);
            }
            else
            {
                rule.AddFile(parent, item);
            }
        }
        else if (rule.IsHidden(item))
        {
            reached.TryAdd(item.Id, null);
        }
        else if (!IsRoot(item))
        {
            AddFolder(parent, item);
        }
    }

    private void AddFolder(FileEntry? parent, CatalogItem item)
    {
        var entry = book.AddFolder(parent, item, item.RawName);
        if (reached.TryAdd(item.Id, entry))
        {
            pending.Enqueue(item.Id);
        }
        else
        {
            damages.Add(
                DamageIds.HfsFolderRepeated,
                null,
                $"The folder {DamageLog.Quote(entry.Name)} has the number of another: it is listed without content.");
        }
    }

    /// <summary>
    /// The first name of a folder with hard links gets the content, so that no content is there a million times.
    /// </summary>
    private void AddLinked(FileEntry? parent, CatalogItem link, CatalogItem folder)
    {
        if (reached.TryGetValue(folder.Id, out var first) && first is not null)
        {
            book.AddFolderLink(parent, folder, link.RawName, first);
        }
        else if (first is null && reached.TryAdd(folder.Id, book.AddFolder(parent, folder, link.RawName)))
        {
            pending.Enqueue(folder.Id);
        }
    }

    /// <summary>By the parents' numbers, each folder's items as they come: the order of a sound catalog.</summary>
    private void SortByParent()
    {
        for (var index = 1; index < items.Length; index++)
        {
            if (items[index].ParentId < items[index - 1].ParentId)
            {
                var keys = new (uint Parent, int Index)[items.Length];
                for (var item = 0; item < keys.Length; item++)
                {
                    keys[item] = (items[item].ParentId, item);
                }

                Array.Sort(keys, items);
                return;
            }
        }
    }
}
