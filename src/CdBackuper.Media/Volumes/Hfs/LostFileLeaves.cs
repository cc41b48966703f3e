namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds the names of files whose own records are lost: a thread record says what a file is called and where it lies in
/// the tree, and stands elsewhere in the catalog. HFS+ has one for every file, HFS where a program asked for it.
/// </summary>
/// <param name="catalog">Understands the records.</param>
/// <param name="content">What is known.</param>
internal sealed class LostFileLeaves(CatalogLeaves catalog, CatalogContent content) : LeafReader
{
    public override bool IsWide => catalog.IsWide;

    public override string TreeName => catalog.TreeName;

    public List<FileThread> Found { get; } = [];

    public override int Measure(ReadOnlySpan<byte> rest) => catalog.Measure(rest);

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        if (!catalog.TryReadFileThread(record, out var thread) || !content.AddLost(thread.Id))
        {
            return false;
        }

        Found.Add(thread);
        return true;
    }
}
