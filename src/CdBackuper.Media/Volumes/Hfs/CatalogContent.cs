using System.Text;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>What the records of a catalog add up to, in the order of the catalog.</summary>
internal sealed class CatalogContent
{
    /// <summary>The number of the root folder (Inside Macintosh: Files, 2-70; TN1150, "Catalog Node ID").</summary>
    public const uint RootId = 2;

    /// <summary>The number of the root folder's parent, which is none.</summary>
    public const uint RootParentId = 1;

    private readonly HashSet<uint> known = [];
    private readonly HashSet<uint> fileThreads = [];

    // made when the first doubtful record is met, since sound catalogs need none
    private HashSet<(uint ParentId, string Name)>? keys;

    public List<CatalogItem> Items { get; } = [];

    /// <summary>What the thread records say of folders: where they lie, and what they are called.</summary>
    public Dictionary<uint, (uint ParentId, byte[] RawName)> Folders { get; } = [];

    public bool IsFull => Items.Count >= HfsLimits.Entries;

    /// <summary>What records say of which it is not known whether they are of old, each but for what is known otherwise.</summary>
    public List<CatalogItem> Unproven { get; } = [];

    /// <summary>True where files have thread records, which are all but required of HFS+ and few of HFS.</summary>
    public bool HasFileThreads => fileThreads.Count > 0;

    /// <param name="item">What a record says.</param>
    /// <param name="trust">Where it is from: what is known already counts more than what a search found.</param>
    public bool Add(CatalogItem item, RecordTrust trust)
    {
        if (trust == RecordTrust.Unproven)
        {
            return AddUnproven(item);
        }

        if (IsFull || (trust == RecordTrust.Found && (known.Contains(item.Id) || !IsNewKey(item))))
        {
            return false;
        }

        known.Add(item.Id);
        Items.Add(item);
        return true;
    }

    private bool AddUnproven(CatalogItem item)
    {
        keys ??= [.. Items.Select(KeyOf)];
        if (Unproven.Count >= HfsLimits.Entries || known.Contains(item.Id) || keys.Contains(KeyOf(item)))
        {
            return false;
        }

        Unproven.Add(item);
        return true;
    }

    /// <summary>A folder has each name once: of old is also a file that was there before another of its name.</summary>
    private bool IsNewKey(CatalogItem item)
    {
        keys ??= [.. Items.Select(KeyOf)];
        return keys.Add(KeyOf(item));
    }

    private static (uint ParentId, string Name) KeyOf(CatalogItem item) => (item.ParentId, Encoding.Latin1.GetString(item.RawName));

    /// <returns>True when it was not known.</returns>
    public bool AddFolderThread(uint id, uint parentId, byte[] rawName) =>
        Folders.Count < HfsLimits.Entries && Folders.TryAdd(id, (parentId, rawName));

    /// <returns>
    /// True when it was not known. Of a file's thread record only its number is kept: the file itself tells the rest.
    /// </returns>
    public bool AddFileThread(uint id) => fileThreads.Count < HfsLimits.Entries && fileThreads.Add(id);

    /// <returns>True the first time that a file is asked for of which no record was found.</returns>
    public bool AddLost(uint id) => known.Count < HfsLimits.Entries && known.Add(id);
}
