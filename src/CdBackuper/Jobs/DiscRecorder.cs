using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Rescue;

namespace CdBackuper.Jobs;

/// <summary>Writes down what came of an attempt: listing, evidence, attempt, and the status last.</summary>
internal sealed class DiscRecorder(Settings settings, TimeProvider clock)
{
    /// <summary>Records an attempt that came to its end, and deletes the image where nothing needs it any more.</summary>
    public DiscResult RecordDone(
        ClaimedDisc claimed, RescuedImage? image, IDisc disc, Listing listing, DiscJob job, AttemptNotes notes,
        CancellationToken cancellationToken)
    {
        var (folder, before) = (claimed.Folder, claimed.Before);
        var map = image?.Map ?? RescueMap.Empty;
        var isComplete = map.Tally.Finished > 0 && map.Tally.Finished >= disc.LengthBytes - disc.Gaps.TotalLength;
        var verdict = Verdict.Of(listing, map.Tally.Finished, isComplete, before.Number);
        var message = string.Join(' ', new[] { verdict.Message, notes.Beside, notes.Question }.OfType<string>());
        var next = notes.Answer is null ? verdict.Next : $"{verdict.Next} {notes.Answer}";
        var isProduct = verdict.Condition == DiscCondition.Whole || (isComplete && listing.VolumeFormat is null);
        var keepsImage = image is not null
            && (verdict.Condition != DiscCondition.Whole || !settings.ExtractFiles || !settings.DeleteImage || job.KeepImage
                || listing.HasMoreThanFiles);
        var imageHash = keepsImage && isProduct ? ArchivedFiles.TryHash(folder, folder.ImagePath, cancellationToken) : null;

        claimed.EnsureWritable();
        var counts = listing.Count();
        folder.Store(listing, new DamageReport(
            verdict.Condition,
            counts,
            map.Unread.Except(disc.Gaps).SectorCount,
            listing.UnreadStructureSectors,
            [.. listing.Files.Where(file => file.Condition != Media.Verdicts.FileCondition.Perfect)
                .OrderByDescending(file => file.Lost.TotalLength)],
            listing.Flaws), imageHash);
        folder.Store(EvidenceKeeper.WithImage(claimed.Evidence, image, listing, disc.LengthBytes, disc.Gaps));
        var sums = SumsOf(map, disc);
        Append(claimed, job, notes, verdict.End, message, sums, counts);
        folder.Store(before with
        {
            Node = settings.NodeName,
            Status = verdict.Condition switch
            {
                DiscCondition.Whole => StatusWords.Success,
                DiscCondition.Unreadable => StatusWords.Failed,
                _ => StatusWords.Partial,
            },
            Message = message,
            Iso = keepsImage ? DiscFolder.ImageName : null,
            Started = notes.Started,
            Finished = clock.GetUtcNow(),
            Ddrescue = sums,
            Condition = verdict.Condition,
            Files = counts,
            VolumeFormat = listing.VolumeFormat,
            Next = next,
        });
        if (!keepsImage)
        {
            File.Delete(folder.ImagePath);
        }

        return new(verdict.End, message, next, folder);
    }

    /// <summary>Records that a whole disc was put in again: its status stays what it was.</summary>
    public DiscResult RecordAlreadyWhole(ClaimedDisc claimed, DiscJob job, AttemptNotes notes)
    {
        var before = claimed.Before;
        var message = $"This is disc {before.Number}, and it is whole in the archive already: {before.Files.Total} files.";
        notes.WhyRescueEnded = "sectors were compared and are the same";
        claimed.EnsureWritable();
        Append(claimed, job, notes, DiscEnd.AlreadyWhole, message, before.Ddrescue, before.Files);
        claimed.Folder.Store(before);
        if (before.Iso is null && !job.KeepImage)
        {
            // A crash between the record and the deletion left it.
            File.Delete(claimed.Folder.ImagePath);
        }

        return new(DiscEnd.AlreadyWhole, message, $"Take it out; {before.Number} is its number.", claimed.Folder);
    }

    /// <summary>Records an attempt that broke off. What was archived stays as it was; the map says where to go on.</summary>
    public DiscResult RecordBrokenOff(
        ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, DiscEnd end, string message, string next)
    {
        var (folder, before) = (claimed.Folder, claimed.Before);
        if (claimed.Claim.IsHeld())
        {
            var map = RescuedImage.TryLoadMap(folder, out var saved, out _) ? saved : RescueMap.Empty;
            var sums = map.Blocks.Count == 0 ? before.Ddrescue : SumsOf(map, disc);
            Append(claimed, job, notes, end, message, sums, before.Files);
            folder.Store(before with
            {
                Node = settings.NodeName,
                Status = before.Condition == DiscCondition.Unreadable ? StatusWords.Failed : before.Status,
                Message = message,
                Iso = File.Exists(folder.ImagePath) ? DiscFolder.ImageName : null,
                Started = notes.Started,
                Finished = clock.GetUtcNow(),
                Ddrescue = sums,
                Next = next,
            });
        }

        return new(end, message, next, folder);
    }

    private void Append(
        ClaimedDisc claimed, DiscJob job, AttemptNotes notes, DiscEnd end, string message, RescueSums sums, FileCounts counts)
    {
        var model = job.Drive.ReadModel();
        claimed.Folder.Append(new()
        {
            Node = settings.NodeName,
            Drive = job.Drive.Name,
            Vendor = model.Vendor,
            Model = model.Product,
            Firmware = model.Firmware,
            Serial = model.Serial,
            Source = job.Drive.Path,
            Medium = notes.Medium,
            Tools = ToolVersions.All,
            Started = notes.Started,
            Finished = clock.GetUtcNow(),
            Outcome = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(end.ToString()),
            Reason = notes.WhyRescueEnded is { } why ? $"{message} ({why})" : message,
            Passes = [.. notes.Passes],
            SectorsWon = Math.Max(0, sums.Rescued - notes.FinishedBefore) / Sector.Size,
            SectorsUnread = sums.ReadErrors,
            Files = counts,
            Remarks = [.. notes.Remarks],
        });
    }

    /// <summary>Over what the disc has of data: sound and gaps are neither read nor missing.</summary>
    private static RescueSums SumsOf(RescueMap map, IDisc disc)
    {
        var length = Math.Max(map.End, disc.LengthBytes);
        var unread = ByteSet.Of(new ByteRange(0, length)).Except(map.Finished).Except(disc.Gaps);
        var tally = new RescueTally(unread.TotalLength, 0, 0, 0, map.Tally.Finished);
        return new(tally.Finished, tally.FinishedPercent, unread.SectorCount);
    }
}
