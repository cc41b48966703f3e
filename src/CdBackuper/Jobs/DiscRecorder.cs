using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Notices;
using CdBackuper.Rescue;

namespace CdBackuper.Jobs;

/// <summary>Writes down what came of an attempt: listing, evidence, attempt, and the status last.</summary>
internal sealed class DiscRecorder(Settings settings, TimeProvider clock, NoticeDesk? notices)
{
    /// <summary>Of so many other discs the attempts are looked at, to say which drive may help: some seconds on a slow NAS.</summary>
    private const int MaxDiscsAsked = 1000;

    /// <summary>Records an attempt that came to its end, and deletes the image where nothing needs it any more.</summary>
    public DiscResult RecordDone(
        ClaimedDisc claimed, RescuedImage? image, IDisc disc, Listing listing, DiscJob job, AttemptNotes notes,
        CancellationToken cancellationToken)
    {
        var (folder, before) = (claimed.Folder, claimed.Before);
        var map = image?.Map ?? RescueMap.Empty;
        var unread = Unread(map, disc, notes);
        var isComplete = map.Tally.Finished > 0 && unread.IsEmpty;
        var counts = listing.Count();
        var sums = SumsOf(map, unread);
        Verdict Judge(NextStep? step) => Verdict.Of(listing, map.Tally.Finished, isComplete, before.Number, step, job.Drive is not OpticalDrive);
        var verdict = Judge(null);
        if (verdict.End is DiscEnd.Damaged or DiscEnd.Unreadable)
        {
            verdict = Judge(StepAfter(Describe(job, notes, verdict.End, verdict.Message, sums, counts, map.Finished), folder));
        }

        var imageAlone = settings.ExtractFiles || image is null ? null : "Only its image is kept: EXTRACT_FILES is false, and no files were written.";
        var message = string.Join(' ', new[] { verdict.Message, imageAlone, notes.Beside, notes.Question }.OfType<string>());
        var next = notes.Answer is null ? verdict.Next : $"{verdict.Next} {notes.Answer}";
        var isProduct = verdict.Condition == DiscCondition.Whole || (isComplete && listing.VolumeFormat is null);
        var keepsImage = image is not null
            && (verdict.Condition != DiscCondition.Whole || !settings.ExtractFiles || !settings.DeleteImage || job.KeepImage
                || listing.HasMoreThanFiles);
        var images = keepsImage && isProduct ? HashImages(folder, cancellationToken) : [];

        claimed.EnsureWritable();
        folder.Store(listing, Report(verdict.Condition, listing, unread.SectorCount), images);
        folder.Store(EvidenceKeeper.WithImage(claimed.Evidence, image, listing, disc.LengthBytes, disc.Gaps));
        notices?.Foretell(folder, job, notes, verdict.End, message, (disc.LengthBytes, unread));
        folder.Append(Describe(job, notes, verdict.End, message, sums, counts, map.Finished));
        folder.Store(before with
        {
            Node = settings.NodeName,
            Status = StatusOf(verdict.Condition),
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
        claimed.IsBeingShelved = false;
        return new(verdict.End, keepsImage ? message : message + DeleteImage(claimed), next, folder);
    }

    /// <summary>All is recorded: an image that can't be deleted is room that is taken, and no fault of the attempt's.</summary>
    /// <returns>What to say of it; empty for nothing.</returns>
    private static string DeleteImage(ClaimedDisc claimed)
    {
        try
        {
            claimed.Folder.DeleteImage();
            return "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return claimed.IsLost() ? " Its image stays: another process has the disc's folder by now."
                : $" Its image, which nothing needs any more, could not be deleted: {fault.Message}";
        }
    }

    private static DamageReport Report(DiscCondition condition, Listing listing, long unreadSectors) => new(
        condition,
        listing.Count(),
        unreadSectors,
        listing.UnreadStructureSectors,
        [.. listing.Files.Where(file => file.Condition != FileCondition.Perfect).OrderByDescending(file => file.Lost.TotalLength)],
        listing.Flaws);

    /// <summary>
    /// What follows from the listing is made again where somebody took it away, or it says something else. What the manifest says of images
    /// stays: it was true when they were written.
    /// </summary>
    /// <returns>What was done, for people; null for nothing, or for what was missing alone.</returns>
    private string? MakeWhatFollows(ClaimedDisc claimed, CancellationToken cancellationToken)
    {
        var (folder, before) = (claimed.Folder, claimed.Before);
        var recorded = folder.LoadManifest() ?? [];
        List<(string Sha256, string Name)> images = [];
        foreach (var name in (string[])[DiscFolder.ImageName, DiscFolder.Form2Name])
        {
            if (Manifest.HashOf(name, recorded) is { } hash)
            {
                images.Add((hash, name));
            }
        }

        if (before.Iso is not null && images.Count == 0)
        {
            images = HashImages(folder, cancellationToken);
        }

        var isRight = recorded.ToHashSet(StringComparer.Ordinal).SetEquals(DiscFolder.ManifestOf(claimed.Listing, images));
        if (isRight && File.Exists(folder.DamagePath))
        {
            return null;
        }

        var kept = isRight || recorded.Count == 0 ? null : folder.Root.Files.KeepCopy(folder.ManifestPath, "corrupt", clock.GetUtcNow());
        folder.Store(claimed.Listing, Report(before.Condition, claimed.Listing, before.Ddrescue.ReadErrors), images);
        return kept is null ? null
            : $"{Path.GetFileName(folder.ManifestPath)} was not what follows from the listing; it is made anew, the old one kept as {Path.GetFileName(kept)}";
    }

    private static List<(string Sha256, string Name)> HashImages(DiscFolder folder, CancellationToken cancellationToken)
    {
        var images = new List<(string, string)>();
        foreach (var path in (string[])[folder.ImagePath, folder.Form2Path])
        {
            if (ArchivedFiles.TryHash(folder, path, cancellationToken) is { } hash)
            {
                images.Add((hash, Path.GetFileName(path)));
            }
        }

        return images;
    }

    private static string StatusOf(DiscCondition condition) => condition switch
    {
        DiscCondition.Whole => StatusWords.Success,
        DiscCondition.Unreadable => StatusWords.Failed,
        _ => StatusWords.Partial,
    };

    /// <summary>Records that a whole disc was put in again: its status stays what it was.</summary>
    public DiscResult RecordAlreadyWhole(ClaimedDisc claimed, DiscJob job, AttemptNotes notes, CancellationToken cancellationToken)
    {
        var before = claimed.Before;
        var message = $"This is disc {before.Number}, and it is whole in the archive already: {Words.Count(before.Files.Total, "file")}.";
        notes.WhyRescueEnded = "sectors were compared and are the same";
        claimed.EnsureWritable();
        if (MakeWhatFollows(claimed, cancellationToken) is { } remark)
        {
            notes.Remark(remark);
            message += $" {remark}.";
        }

        notices?.Foretell(claimed.Folder, job, notes, DiscEnd.AlreadyWhole, message, (0, ByteSet.Empty));
        claimed.Folder.Append(Describe(job, notes, DiscEnd.AlreadyWhole, message, before.Ddrescue, before.Files, ByteSet.Empty));
        claimed.Folder.Store(before);
        if (before.Iso is null && !job.KeepImage)
        {
            // A crash between the record and the deletion left it.
            message += DeleteImage(claimed);
        }

        return new(DiscEnd.AlreadyWhole, message, before.Next, claimed.Folder);
    }

    /// <summary>Records an attempt that broke off. What was archived stays as it was; the map says where to go on.</summary>
    public DiscResult RecordBrokenOff(
        ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, DiscEnd end, string message, string next)
    {
        var (folder, before) = (claimed.Folder, claimed.Before);
        if (claimed.Claim.IsHeld())
        {
            var map = RescuedImage.TryLoadMap(folder, out var saved, out _)
                ? saved.With(saved.End, RescuedImage.Form2In(folder), ByteSet.Empty)
                : RescueMap.Empty;
            var unread = Unread(map, disc, notes);
            var sums = map.Blocks.Count == 0 ? before.Ddrescue : SumsOf(map, unread);
            var condition = before.Condition == DiscCondition.Unreadable && sums.Rescued > 0 ? DiscCondition.Damaged : before.Condition;
            var attempt = Describe(job, notes, end, message, sums, before.Files, map.Finished);
            if (!IsRepeated(attempt, folder))
            {
                notices?.Foretell(folder, job, notes, end, message, (disc.LengthBytes, unread));
                folder.Append(attempt);
            }

            // What was whole before still is: nothing of it was touched.
            folder.Store(before.Condition == DiscCondition.Whole ? before : before with
            {
                Node = settings.NodeName,
                Status = StatusOf(condition),
                Message = message,
                Iso = File.Exists(folder.ImagePath) ? DiscFolder.ImageName : null,
                Started = notes.Started,
                Finished = clock.GetUtcNow(),
                Ddrescue = sums,
                Condition = condition,
                Next = next,
            });
        }

        return new(end, message, next, folder);
    }

    /// <returns>
    /// True for one more of the tries, one a minute, of a disc that waits in its drive for an archive that is full or refuses to be written to:
    /// it says nothing that the last record does not say.
    /// </returns>
    private static bool IsRepeated(AttemptRecord attempt, DiscFolder folder) =>
        attempt is { SectorsWon: 0, Remarks.Count: 0 } && attempt.Outcome == Words.Of(DiscEnd.ArchiveFailed)
        && folder.LoadAttempts() is [.., var last]
        && (last.Node, last.Drive, last.Outcome, last.Reason) == (attempt.Node, attempt.Drive, attempt.Outcome, attempt.Reason);

    /// <summary>From all attempts in the archive, the one that just ended included: what other drives there are, and what they won.</summary>
    private static NextStep StepAfter(AttemptRecord attempt, DiscFolder folder)
    {
        IReadOnlyList<AttemptRecord> mine = [.. folder.LoadAttempts(), attempt];
        var others = folder.Root.Discs().Where(disc => disc.Name != folder.Name).Take(MaxDiscsAsked).Select(disc => disc.LoadAttempts());
        return NextStep.Of(mine, DriveHistory.Of(others.Append(mine)));
    }

    private AttemptRecord Describe(
        DiscJob job, AttemptNotes notes, DiscEnd end, string message, RescueSums sums, FileCounts counts, ByteSet read)
    {
        var model = job.Drive.ReadModel();
        return new()
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
            Outcome = Words.Of(end),
            Reason = notes.WhyRescueEnded is { } why ? $"{message.TrimEnd('.')} ({why})." : message,
            Passes = [.. notes.Passes],
            SectorsWon = read.Except(notes.ReadBefore ?? read).TotalLength / Sector.Size,
            SectorsUnread = sums.ReadErrors,
            Files = counts,
            DriveLies = notes.DriveLies ? true : null,
            Remarks = [.. notes.Remarks],
        };
    }

    /// <summary>What is missing: sound, gaps and what lies behind the volumes are not.</summary>
    private static ByteSet Unread(RescueMap map, IDisc disc, AttemptNotes notes) =>
        ByteSet.Of(new ByteRange(0, disc.LengthBytes)).Except(map.Finished).Except(disc.Gaps).Except(notes.NoData);

    private static RescueSums SumsOf(RescueMap map, ByteSet unread)
    {
        var tally = new RescueTally(unread.TotalLength, 0, 0, 0, map.Tally.Finished);
        return new(tally.Finished, tally.FinishedPercent, unread.SectorCount);
    }
}
