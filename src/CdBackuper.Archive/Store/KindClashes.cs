using CdBackuper.Archive.Format;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Where a name stands for a file in the archive and for a folder on the disc now, or the other way round (a later session can do
/// that): what is archived stays, and the other lies beside it with all that is below it.
/// </summary>
/// <param name="previous">The listing of the attempts before.</param>
/// <param name="names">How names are told apart.</param>
internal sealed class KindClashes(Listing previous, StringComparer names)
{
    private readonly Dictionary<string, string> moved = new(names);
    private readonly Lazy<HashSet<string>> holders = new(() => HoldersOf(previous, names));

    /// <returns>The entry, where its folder lies by now.</returns>
    public ListedEntry Follow(ListedEntry entry)
    {
        var slash = entry.Path.LastIndexOf('/');
        if (moved.Count == 0 || slash < 0 || !moved.TryGetValue(entry.Path[..slash], out var folder))
        {
            return entry;
        }

        var followed = entry with { Path = folder + entry.Path[slash..] };
        Moved(entry, followed.Path);
        return followed;
    }

    /// <returns>True for a file whose path is that of a folder in which archived files lie.</returns>
    public bool IsInTheWay(ListedEntry entry) =>
        previous.VolumeFormat is not null && entry.Kind == EntryKind.File && holders.Value.Contains(entry.Path);

    /// <summary>What is below the entry follows it.</summary>
    public void Moved(ListedEntry entry, string path)
    {
        if (entry.Kind == EntryKind.Directory)
        {
            moved[entry.Path] = path;
        }
    }

    private static HashSet<string> HoldersOf(Listing listing, StringComparer names)
    {
        var holders = new HashSet<string>(names);
        foreach (var file in listing.Files.Where(file => file.Sha256 is not null))
        {
            for (var slash = file.Path.LastIndexOf('/'); slash > 0 && holders.Add(file.Path[..slash]);)
            {
                slash = file.Path.LastIndexOf('/', slash - 1);
            }
        }

        return holders;
    }
}
