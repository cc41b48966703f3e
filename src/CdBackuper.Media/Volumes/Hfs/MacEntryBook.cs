using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The entries of a volume as they are found. What a file has on a Macintosh alone, its resource fork and what the
/// Finder knows of it, becomes an AppleDouble file beside it.
/// </summary>
internal sealed class MacEntryBook(DiscReader disc, Func<byte[], FinderBytes, string> decode, DamageLog damages)
{
    private readonly List<FileEntry> entries = [];
    private long linkBytes;

    public IReadOnlyList<FileEntry> Entries => entries;

    public FileEntry AddFolder(FileEntry? parent, CatalogItem item, byte[] rawName)
    {
        var entry = new FileEntry
        {
            Parent = parent,
            Name = decode(rawName, item.Finder),
            RawName = rawName,
            Kind = EntryKind.Directory,
            Created = MacDate.Read(item.Created),
            Modified = MacDate.Read(item.Modified),
            Mode = ModeOf(item),
        };
        entries.Add(entry);
        AddDouble(entry, item, new(0, [], IsPartial: false));
        return entry;
    }

    /// <summary>Adds a folder of which no record was found.</summary>
    public FileEntry AddFolder(FileEntry? parent, string name, byte[] rawName)
    {
        var entry = new FileEntry { Parent = parent, Name = name, RawName = rawName, Kind = EntryKind.Directory };
        entries.Add(entry);
        return entry;
    }

    public FileEntry AddFolder(FileEntry? parent, byte[] rawName) => AddFolder(parent, decode(rawName, default), rawName);

    /// <summary>Adds a file, and what belongs to it.</summary>
    /// <param name="parent">Its folder.</param>
    /// <param name="item">Dates, mode and the Finder's bytes.</param>
    /// <param name="rawName">Its name, which a hard link has of its own.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">The data fork; of no meaning for what has no content.</param>
    /// <param name="resource">The resource fork.</param>
    /// <param name="target">Where a symbolic link points.</param>
    public FileEntry AddFile(
        FileEntry? parent,
        CatalogItem item,
        byte[] rawName,
        EntryKind kind,
        BuiltFork content,
        BuiltFork resource,
        string? target = null)
    {
        var isFile = kind == EntryKind.File;
        var entry = new FileEntry
        {
            Parent = parent,
            Name = decode(rawName, item.Finder),
            RawName = rawName,
            Kind = kind,
            Size = isFile ? content.Size : 0,
            Extents = isFile ? content.Extents : [],
            Created = MacDate.Read(item.Created),
            Modified = MacDate.Read(item.Modified),
            Mode = ModeOf(item),
            LinkTarget = target,
        };
        entries.Add(entry);
        if (isFile)
        {
            Check(entry.Name, content);
            AddDouble(entry, item, resource);
        }

        return entry;
    }

    /// <summary>Adds a file of which only the name is left.</summary>
    public void AddLost(FileEntry? parent, byte[] rawName) => entries.Add(new()
    {
        Parent = parent,
        Name = decode(rawName, default),
        RawName = rawName,
        Kind = EntryKind.File,
        Extents = null,
    });

    /// <summary>Adds a stream of a file that is kept as it is stored.</summary>
    public void AddStream(FileEntry file, string name, long start, long length) => entries.Add(new()
    {
        Parent = file,
        Name = name,
        Kind = EntryKind.Stream,
        Size = length,
        Extents = [new(start, length)],
    });

    /// <summary>Notes a file or folder that may be of old.</summary>
    public void Doubt(CatalogItem item) => damages.Add(
        DamageIds.HfsRecordDoubtful,
        null,
        $"{DamageLog.Quote(decode(item.RawName, item.Finder))} is listed, but may be of old: nothing says any more whether the record that tells of it was in use.");

    /// <summary>Adds a second name of a folder that is listed elsewhere, as a link to the path where it is.</summary>
    public void AddFolderLink(FileEntry? parent, CatalogItem item, byte[] rawName, FileEntry folder)
    {
        if (linkBytes > HfsLimits.AllLinkBytes)
        {
            damages.Add(DamageIds.LimitReached, null, "The targets of links to folders are too long: some are left out.");
            AddFile(parent, item, rawName, EntryKind.SymbolicLink, default, default);
            return;
        }

        var path = new List<string>();
        FileEntry? ancestor = folder;
        for (var length = 0; ancestor is not null && length < HfsLimits.LinkBytes; ancestor = ancestor.Parent)
        {
            path.Add(ancestor.Name);
            length += ancestor.Name.Length + 1;
        }

        path.Add("");
        path.Reverse();
        var target = string.Join('/', path);
        linkBytes += target.Length;
        AddFile(parent, item, rawName, EntryKind.SymbolicLink, default, default, target);
    }

    private void AddDouble(FileEntry of, CatalogItem item, BuiltFork resource)
    {
        if (resource.Size == 0 && !item.Finder.SaysSomething(item.IsFolder))
        {
            return;
        }

        Span<byte> finder = stackalloc byte[FinderBytes.Length];
        item.Finder.Write(finder);
        var header = AppleDouble.Header(finder, resource.Size);
        var name = AppleDouble.NamePrefix + of.Name;
        entries.Add(new()
        {
            Parent = of.Parent,
            Name = name,
            RawName = of.RawName,
            Kind = EntryKind.File,
            Size = header.Length + resource.Size,
            Preamble = header,
            Extents = resource.Extents,
            Created = of.Created,
            Modified = of.Modified,
        });
        Check(name, resource);
    }

    private void Check(string name, BuiltFork fork)
    {
        if (fork.IsPartial)
        {
            damages.Add(
                DamageIds.HfsExtentsMissing,
                null,
                $"Where the file {DamageLog.Quote(name)} lies is not known in part or at all: records of its extents are "
                + "missing.");
        }

        foreach (var extent in fork.Extents ?? [])
        {
            if (extent.Stored.End > disc.LengthBytes && !fork.IsPartial)
            {
                damages.Add(
                    DamageIds.ExtentPastEnd,
                    extent.Start / Sector.Size,
                    $"The file {DamageLog.Quote(name)} goes past the end of the disc.");
                return;
            }
        }
    }

    private static uint? ModeOf(CatalogItem item) => item.Mode == 0 ? null : item.Mode;
}
