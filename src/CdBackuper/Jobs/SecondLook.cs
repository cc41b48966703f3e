using System.Diagnostics.CodeAnalysis;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Jobs;

/// <summary>A known disc that has more than is known of it. Its record says so first, whatever comes of the attempt.</summary>
internal static class GrownDisc
{
    /// <summary>
    /// Sessions of ISO 9660 tell by themselves. All others are written on in place: nothing but their directories tells whether a file came.
    /// </summary>
    /// <returns>
    /// True where the disc in the drive has a file of some length that the listing does not have, by that name or at that place; false also where
    /// its directories can't be read.
    /// </returns>
    public static bool HasOtherFiles(IDisc disc, ISectorSource sectors, ReadingOptions options, Listing listing)
    {
        if (listing.Volumes.All(volume => volume.IsIso9660))
        {
            return false;
        }

        var probe = new DiscProbe(sectors);
        var volumes = VolumeReader.ReadAll(probe, options);
        if (volumes.Any(volume => volume.IsIncomplete) || DiscContent.Compose(volumes, probe) is not { } content)
        {
            return false;
        }

        var all = ByteSet.Of(new ByteRange(0, disc.LengthBytes));
        var found = ListingBuilder.Build(content, all, Math.Max(disc.LengthBytes, 1));
        var names = listing.Entries.ToLookup(entry => entry.Path, StringComparer.Ordinal);
        var places = listing.Files.Where(entry => entry.Extents is [_, ..]).ToLookup(entry => entry.Extents![0].Start);
        return found.Files.Any(entry => entry is { Size: > 0, Extents: [var first, ..] }
            && !names[entry.Path].Any(entry.IsSameContent) && !places[first.Start].Any(entry.IsSameContent));
    }

    /// <summary>Writes down that the disc is no longer whole.</summary>
    /// <returns>What was written; the status as it was where it was not whole.</returns>
    [return: NotNullIfNotNull(nameof(status))]
    public static DiscStatus? Reopen(DiscFolder folder, DiscStatus? status)
    {
        if (status is not { Condition: DiscCondition.Whole })
        {
            return status;
        }

        var reopened = status with
        {
            Status = StatusWords.Partial,
            Condition = DiscCondition.Damaged,
            Message = "The disc has more than it had when it was archived: a session or files were added.",
            Next = "Put the disc in again to go on.",
        };
        folder.Store(reopened);
        return reopened;
    }
}
