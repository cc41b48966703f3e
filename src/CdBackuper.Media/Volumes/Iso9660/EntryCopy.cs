namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Entries are immutable: one that belongs elsewhere, or is called otherwise, is made anew.</summary>
internal static class EntryCopy
{
    public static FileEntry In(this FileEntry entry, FileEntry? parent) => entry.At(parent, entry.Extents);

    public static FileEntry As(this FileEntry entry, FileEntry? parent, string name, string? linkTarget) =>
        Copy(entry, parent, name, linkTarget, entry.Extents);

    public static FileEntry At(this FileEntry entry, FileEntry? parent, IReadOnlyList<Extent>? extents) =>
        Copy(entry, parent, entry.Name, entry.LinkTarget, extents);

    private static FileEntry Copy(
        FileEntry entry, FileEntry? parent, string name, string? linkTarget, IReadOnlyList<Extent>? extents) => new()
        {
            Parent = parent,
            Name = name,
            RawName = entry.RawName,
            Kind = entry.Kind,
            Size = entry.Size,
            Preamble = entry.Preamble,
            Extents = extents,
            Modified = entry.Modified,
            Created = entry.Created,
            Mode = entry.Mode,
            LinkTarget = linkTarget,
            Origin = entry.Origin,
        };
}
