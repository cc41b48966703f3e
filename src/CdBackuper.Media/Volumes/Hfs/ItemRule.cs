namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// How the items of a catalog become entries: as HFS has it; HFS+ knows links, kinds and compression besides.
/// </summary>
/// <param name="book">Where the entries go.</param>
internal class ItemRule(MacEntryBook book)
{
    protected MacEntryBook Book => book;

    /// <returns>True for a folder that serves the file system itself and is not shown.</returns>
    public virtual bool IsHidden(CatalogItem folder) => false;

    /// <returns>The folder that a file is a hard link of; null for a plain file.</returns>
    public virtual CatalogItem? LinkedFolder(CatalogItem file) => null;

    public virtual void AddFile(FileEntry? parent, CatalogItem file) =>
        book.AddFile(parent, file, file.RawName, EntryKind.File, file.Content, file.Resource);

    /// <summary>Called when all folders were walked, for files that are shown elsewhere than they lie.</summary>
    public virtual void AddRest()
    {
    }
}
