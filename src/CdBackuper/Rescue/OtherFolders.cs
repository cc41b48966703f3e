using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>
/// A disc that could not be told from another got a folder of its own; once a drive has shown that both are of one disc, what either has read
/// of it is the disc's. The other folder stays as it is.
/// </summary>
internal sealed class OtherFolders(ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes)
{
    /// <summary>Copies what the other folders have read and this one has not into this one's image.</summary>
    /// <param name="cancellationToken">Ends it; what was copied is kept.</param>
    /// <returns>What was done, for the log, as it is done.</returns>
    public IEnumerable<string> TakeOver(CancellationToken cancellationToken)
    {
        foreach (var folder in claimed.HasGrown ? [] : claimed.Sources)
        {
            // An image of the predecessor's proves nothing.
            using var image = PredecessorFolder.IsOne(folder) ? null : RescuedImage.TryOpen(folder);
            if (image is not null && folder.LoadEvidence() is { } evidence && image.IsTrusted(evidence) && Copy(folder, image, cancellationToken) is > 0 and var count)
            {
                yield return $"{folder.Name} is of the same disc: {Words.Count(count, "sector")} that only it had read {(count == 1 ? "was" : "were")} taken over from its image";
            }
        }
    }

    private long Copy(DiscFolder folder, RescuedImage image, CancellationToken cancellationToken)
    {
        var map = DiscRescuer.LoadMap(claimed.Folder);
        var wanted = ByteSet.Of(image.Plain.Within(new(0, disc.LengthBytes)).Select(WholeSectors)).Except(map.Finished);
        if (wanted.IsEmpty)
        {
            return 0;
        }

        using var sectors = new ConfirmedSectors(folder, new DamagedSectors(image, image.Plain), cancellationToken);
        var copier = new SectorCopier(claimed, disc, job, $"taking over what {folder.Name} has of it", sectors);
        copier.Copy(map, wanted, TimeSpan.MaxValue, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        // Not won by this drive.
        notes.ReadBefore = notes.ReadBefore?.Union(DiscRescuer.LoadMap(claimed.Folder).Finished.Intersect(wanted));
        return copier.SectorsRead;
    }

    /// <returns>The sectors of which all was read.</returns>
    private static ByteRange WholeSectors(ByteRange range)
    {
        var first = Sector.Count(range.Start);
        return ByteRange.OfSectors(first, Math.Max(0, (range.End / Sector.Size) - first));
    }
}
