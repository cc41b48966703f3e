using System.Globalization;
using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>
/// What HFS+ knows beyond HFS: hard links to files (TN1150, "Hard Links") and folders (hfs_format.h), symbolic links,
/// special files, compression. Each name of a file has the content; the folders where linked files lie are not shown.
/// </summary>
internal sealed class HfsPlusRule : ItemRule
{
    private const string FilesFolder = "\0\0\0\0HFS+ Private Data";
    private const string FoldersFolder = ".HFS+ Private Directory Data\r";
    private const string FilePrefix = "iNode";
    private const string FolderPrefix = "dir_";

    /// <summary>Types and creators of links: <c>hlnk hfs+</c> and <c>fdrp MACS</c>.</summary>
    private const ulong FileLink = 0x686C6E6B_6866732B;
    private const ulong FolderLink = 0x66647270_4D414353;

    private const int KindMask = 0xF000;
    private const int LinkKind = 0xA000;

    private readonly SectorWindow window;
    private readonly Compression compression;
    private readonly List<ByteRange> structures;
    private readonly DamageLog damages;
    private readonly HashSet<uint> hidden = [];
    private readonly Dictionary<uint, CatalogItem> files = [];
    private readonly Dictionary<uint, CatalogItem> folders = [];
    private readonly HashSet<uint> named = [];
    private long linkBytes;

    public HfsPlusRule(
        MacEntryBook book,
        CatalogContent content,
        SectorWindow window,
        Compression compression,
        List<ByteRange> structures,
        DamageLog damages)
        : base(book)
    {
        (this.window, this.compression, this.structures, this.damages) = (window, compression, structures, damages);
        var (filesFolder, foldersFolder) = (0u, 0u);
        foreach (var item in content.Items)
        {
            if (item.IsFolder && item.ParentId == CatalogContent.RootId)
            {
                filesFolder = Is(item, FilesFolder) ? item.Id : filesFolder;
                foldersFolder = Is(item, FoldersFolder) ? item.Id : foldersFolder;
            }
        }

        hidden.UnionWith(new[] { filesFolder, foldersFolder }.Where(id => id > CatalogContent.RootId));
        foreach (var item in content.Items)
        {
            var inodes = item.IsFolder ? folders : files;
            var (home, prefix) = item.IsFolder ? (foldersFolder, FolderPrefix) : (filesFolder, FilePrefix);
            if (home != 0 && item.ParentId == home && TryReadNumber(item, prefix, out var number))
            {
                inodes.TryAdd(number, item);
            }
        }
    }

    public override bool IsHidden(CatalogItem folder) =>
        folder.ParentId == CatalogContent.RootId && hidden.Contains(folder.Id);

    public override CatalogItem? LinkedFolder(CatalogItem file) =>
        file.Finder.TypeAndCreator == FolderLink && folders.TryGetValue(file.Special, out var folder) ? folder : null;

    public override void AddFile(FileEntry? parent, CatalogItem file)
    {
        if (file.Finder.TypeAndCreator != FileLink)
        {
            AddContent(parent, file, file.RawName);
        }
        else if (files.TryGetValue(file.Special, out var inode))
        {
            named.Add(file.Special);
            AddContent(parent, inode, file.RawName);
        }
        else
        {
            damages.Add(
                DamageIds.HfsLinkBroken,
                null,
                $"The file {DamageLog.Quote(HfsPlusText.Decode(file.RawName))} is a hard link to file {file.Special}, "
                + "which was not found.");
            Book.AddLost(parent, file.RawName);
        }
    }

    /// <summary>Linked files of which no name was found: better shown where they lie than not at all.</summary>
    public override void AddRest()
    {
        FileEntry? home = null;
        foreach (var (number, inode) in files)
        {
            if (!named.Contains(number))
            {
                home ??= Book.AddFolder(null, Encoding.BigEndianUnicode.GetBytes(FilesFolder));
                AddContent(home, inode, inode.RawName);
            }
        }
    }

    private void AddContent(FileEntry? parent, CatalogItem file, byte[] rawName)
    {
        var kind = (file.Mode & KindMask) switch
        {
            LinkKind => EntryKind.SymbolicLink,
            0x1000 or 0x2000 or 0x6000 or 0xC000 => EntryKind.Special,
            _ => EntryKind.File,
        };
        if (kind == EntryKind.SymbolicLink)
        {
            Book.AddFile(parent, file, rawName, kind, default, default, ReadTarget(file));
        }
        else if (!file.IsCompressed || kind != EntryKind.File)
        {
            Book.AddFile(parent, file, rawName, kind, file.Content, file.Resource);
        }
        else if (compression.TryDecode(file, out var content, out var stored))
        {
            Book.AddFile(parent, file, rawName, kind, content, new(0, [], IsPartial: false));
        }
        else
        {
            AddAsStored(parent, file, rawName, stored);
        }
    }

    private void AddAsStored(FileEntry? parent, CatalogItem file, byte[] rawName, Extent? attribute)
    {
        // Without the attribute nothing of its content is there.
        var content = attribute is null && file.Content.Size == 0 && file.Resource.Size == 0 ? file.Content with { Extents = null } : file.Content;
        var entry = Book.AddFile(parent, file, rawName, EntryKind.File, content, file.Resource);
        damages.Add(
            DamageIds.HfsCompressionUnknown,
            null,
            $"The file {DamageLog.Quote(entry.Name)} is compressed in a way that is not undone: it is listed as stored.");
        if (attribute is { } stored)
        {
            Book.AddStream(entry, "com.apple.decmpfs", stored.Start, stored.Length);
        }
    }

    private string? ReadTarget(CatalogItem link)
    {
        var fork = new ForkReader(window, link.Content.Extents ?? []);
        var target = new byte[Math.Min(fork.Length, HfsLimits.LinkBytes)];
        linkBytes += target.Length;
        if (linkBytes > HfsLimits.AllLinkBytes)
        {
            damages.Add(DamageIds.LimitReached, null, "The targets of symbolic links are too long: some are left out.");
            return null;
        }

        fork.AddPlaces(0, target.Length, structures);
        if (link.Content is { Size: 0, IsPartial: false, Extents: not null })
        {
            return "";
        }

        if (target.Length > 0 && fork.TryRead(0, target) && !Sector.IsBlank(target))
        {
            return Encoding.UTF8.GetString(target);
        }

        damages.Add(
            DamageIds.StructureUnreadable,
            fork.PlaceOf(0, 1) / Sector.Size,
            $"Where the link {DamageLog.Quote(HfsPlusText.Decode(link.RawName))} points can't be read.");
        return null;
    }

    private static bool Is(CatalogItem item, string name) =>
        item.RawName.Length == name.Length * 2
        && item.RawName.AsSpan().SequenceEqual(Encoding.BigEndianUnicode.GetBytes(name));

    private static bool TryReadNumber(CatalogItem item, string prefix, out uint number)
    {
        number = 0;
        var name = Encoding.BigEndianUnicode.GetString(item.RawName);
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && uint.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
