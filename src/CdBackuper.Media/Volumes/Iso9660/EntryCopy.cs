namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Entries are immutable: one that belongs elsewhere, or is called otherwise, is made anew.</summary>
internal static class EntryCopy
{
    public static FileEntry In(this FileEntry entry, FileEntry? parent) => entry.As(parent, entry.Name, entry.LinkTarget);

    public static FileEntry As(this FileEntry entry, FileEntry? parent, string name, string? linkTarget) => new()
    {
        Parent = parent,
        Name = name,
        RawName = entry.RawName,
        Kind = entry.Kind,
        Size = entry.Size,
        Preamble = entry.Preamble,
        Extents = entry.Extents,
        Modified = entry.Modified,
        Created = entry.Created,
        Mode = entry.Mode,
        LinkTarget = linkTarget,
        Origin = entry.Origin,
    };
}
