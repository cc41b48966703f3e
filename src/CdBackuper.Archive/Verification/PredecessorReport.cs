using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Verification;

/// <summary>What was found in a folder that a predecessor made.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Entries">What lies below <c>files/</c>, with hashes, each folder before what it holds. Nothing of it was compared with the disc.</param>
/// <param name="Doubts">What speaks against it; empty where nothing does, which is no proof.</param>
/// <param name="UnreadBytes">What the map says was never read; 0 where there is no map.</param>
public sealed record PredecessorReport(
    DiscFolder Folder, IReadOnlyList<ListedEntry> Entries, IReadOnlyList<Doubt> Doubts, long UnreadBytes)
{
    /// <summary>How many files are in doubt.</summary>
    public int DoubtfulFiles => Doubts.Select(doubt => doubt.Path).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    /// <summary>The files.</summary>
    public IEnumerable<ListedEntry> Files => Entries.Where(entry => entry.Kind == EntryKind.File);
}
