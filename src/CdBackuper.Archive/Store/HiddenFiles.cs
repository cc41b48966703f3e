using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Archive.Store;

/// <summary>Damaged files of an earlier session that the disc as it is now does not list, since a later session has the same content elsewhere.</summary>
public static class HiddenFiles
{
    /// <param name="previous">The listing of the attempts before.</param>
    /// <param name="found">What this attempt's image shows.</param>
    /// <param name="read">Every byte of the disc that was read.</param>
    /// <returns>
    /// Those files, as the image has them at their own places: nothing is written over in sessions of ISO 9660. None where a file system
    /// is written on in place.
    /// </returns>
    public static IEnumerable<ListedEntry> Of(Listing previous, Listing found, ByteSet read)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(found);
        var places = found.Files.Where(entry => entry.Extents is [_, ..]).ToLookup(entry => entry.Extents![0].Start);
        return !found.Volumes.All(volume => volume.IsIso9660) ? [] : previous.Files
            .Where(entry => entry is { Sha256: not null, Condition: FileCondition.Damaged, Extents: [_, ..] } && entry.Unverified.IsEmpty)
            .Where(entry => !places[entry.Extents![0].Start].Any(entry.IsSameContent))
            .Select(entry => entry with { Sha256 = null, Lost = FileVerdict.Of(entry.ToFileEntry(), read).Lost });
    }
}
