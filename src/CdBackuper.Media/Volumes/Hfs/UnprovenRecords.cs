namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Judges what records say of which it is not known whether they are of old. What certainly was deleted, renamed or moved is left out; the rest
/// is kept, and said to be in doubt: better a file too many than one that is lost.
/// </summary>
internal static class UnprovenRecords
{
    /// <returns>True where some were kept.</returns>
    public static bool Judge(CatalogContent content, CatalogLeaves leaves, BTree tree, MacEntryBook book)
    {
        if (content.Unproven.Count == 0)
        {
            return false;
        }

        var threads = new ThreadLeaves(leaves, tree, [.. content.Unproven.Select(item => item.Id)]);
        tree.Replay(threads);
        var isThreaded = leaves.IsWide && content.HasFileThreads;
        var isKept = false;
        foreach (var item in content.Unproven)
        {
            var agrees = threads.Agrees(item);
            if (agrees == false && (isThreaded || item.IsFolder))
            {
                continue;
            }

            if (content.Add(item, RecordTrust.Found))
            {
                book.Doubt(item);
                isKept = true;
            }
        }

        return isKept;
    }
}
