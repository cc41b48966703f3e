using CdBackuper.Archive.Format;
using CdBackuper.Archive.Verification;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Archive.Store;

/// <summary>Finds the damaged files of which a listing no longer tells the truth: a crash came between moving them into place and recording them, or they changed since.</summary>
public static class UnrecordedFiles
{
    /// <param name="folder">The disc's folder.</param>
    /// <param name="listing">Its last listing.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <returns>
    /// The listing in which damaged files that are not what it says of them are unverified: they are to be compared with the disc as if
    /// nothing were known of them. Of one that only has more by now, in places that were lost, just these are. Perfect files are never
    /// replaced, so theirs holds.
    /// </returns>
    public static Listing Doubt(DiscFolder folder, Listing listing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(listing);
        return listing with { Entries = [.. listing.Entries.Select(entry => Doubt(folder, entry, cancellationToken))] };
    }

    private static ListedEntry Doubt(DiscFolder folder, ListedEntry entry, CancellationToken cancellationToken)
    {
        var isDamaged = entry is { Sha256: not null, Condition: FileCondition.Damaged } && FileShelver.IsInPlace(folder, entry);
        var path = Path.Combine(folder.FilesPath, entry.Path);
        var hash = isDamaged ? ArchivedFiles.TryHash(folder, path, cancellationToken) : null;
        if (hash is null || hash == entry.Sha256)
        {
            return entry;
        }

        var hasOnlyMore = ArchivedFiles.TryHash(folder, path, entry.Lost, cancellationToken) == entry.Sha256;
        return hasOnlyMore
            ? entry with { Sha256 = hash, Lost = ByteSet.Empty, Unverified = entry.Lost }
            : entry with { Sha256 = hash, Unverified = ByteSet.Of(new ByteRange(0, entry.Size)).Except(entry.Lost) };
    }
}
