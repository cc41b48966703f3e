using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>
/// Gives a predecessor's folder what this format needs and what can be known without the disc: a number, a listing of what lies there, hashes.
/// No file of the disc is touched.
/// </summary>
internal sealed class PredecessorAdopter(ArchiveRoot archive, Settings settings, TimeProvider clock)
{
    /// <returns>False where another process works on the folder just now, or it is no disc's folder: nothing was written.</returns>
    public bool TryAdopt(PredecessorReport report)
    {
        var folder = report.Folder;
        if (!folder.LooksLikeDisc)
        {
            return false;
        }

        using var claim = FolderClaim.TryTake(
            archive, folder.Name, ProcessIdentity.NewOwner(settings.NodeName, "adopt"), ProcessIdentity.IsKnownDead, out _);
        if (claim is null || !PredecessorFolder.IsOne(folder))
        {
            return false;
        }

        if (folder.LoadListing() is not null && folder.LoadStatus()?.Number is { Length: > 0 })
        {
            return true;
        }

        var now = clock.GetUtcNow();
        folder = archive.Disc(claim);
        HolderPlace.TakeOver(folder, claim, now);
        folder.SetAsideCorruptRecords(now);
        var listing = new Listing(null, report.Entries, [], 0);
        var counts = listing.Count();
        var number = DiscNumbers.Claim(archive, folder.Name);
        var status = folder.LoadStatus();
        PredecessorFolder.KeepStatus(folder, now);
        folder.SetAside(folder.ManifestPath, "backup", now);
        folder.SetAside(folder.DamagePath, "backup", now);
        folder.Store(
            listing,
            new(DiscCondition.Damaged, counts, report.UnreadBytes / Sector.Size, 0, [.. listing.Files.Where(file => file.Condition != Media.Verdicts.FileCondition.Perfect)], []),
            images: []);
        status ??= new();
        folder.Store(status with
        {
            Number = number,
            Status = StatusWords.Partial,
            Condition = DiscCondition.Damaged,
            Files = counts,
            Ddrescue = status.Ddrescue with { ReadErrors = report.UnreadBytes / Sector.Size },
            Iso = File.Exists(folder.ImagePath) ? DiscFolder.ImageName : null,
            Message = report.Doubts.Count == 0
                ? PredecessorFolder.UnverifiedMessage
                : $"{PredecessorFolder.UnverifiedMessage} {Words.Count(report.Doubts.Count, "doubt")}, the first: {report.Doubts[0].Path ?? "the folder"}: {report.Doubts[0].Detail}.",
            Next = "Put the disc in again.",
        });
        HolderPlace.Leave(folder);
        return true;
    }
}
