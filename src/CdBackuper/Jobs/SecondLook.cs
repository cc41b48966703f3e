using System.Diagnostics.CodeAnalysis;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Jobs;

/// <summary>
/// Looks at a disc that the archive calls whole and that was put in again: whether its files are still what was written, and whether
/// it has more than it had. See docs/decisions/0014.
/// </summary>
internal sealed partial class SecondLook(Settings settings, TimeProvider clock)
{
    /// <summary>So many bad reads are made for samples of a whole disc: each costs seconds, and nothing else needs them.</summary>
    private const int SampleFailures = 16;

    /// <returns>False where there is something to do; where the disc has more, its record says so by now.</returns>
    /// <exception cref="ArchiveException">The archive went away, or the folder was taken over.</exception>
    public bool IsStillWhole(
        ClaimedDisc claimed, SeenDisc seen, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        if (!IsWholeInArchive(claimed, job, notes, logger, cancellationToken) || HasMore(claimed, seen, disc, job, notes, logger))
        {
            return false;
        }

        TakeLostSamples(claimed, disc, job);
        return true;
    }

    /// <summary>Writes down that a disc has grown and is no longer whole, and that names are missing, whatever comes of the attempt.</summary>
    /// <returns>What was written; the status as it was where it was not whole.</returns>
    [return: NotNullIfNotNull(nameof(status))]
    public static DiscStatus? Reopen(DiscFolder folder, DiscStatus? status)
    {
        var reopened = Reopen(folder, status, "The disc has more than it had when it was archived: a session or files were added.", wrong: 0);
        if (folder.LoadListing() is { VolumeFormat: not null, LacksNames: false } listing)
        {
            // Once the evidence has what was added, no later attempt sees that the disc has grown.
            folder.Store(listing with { LacksNames = true });
        }

        return reopened;
    }

    /// <param name="folder">The disc's folder.</param>
    /// <param name="status">How it stood.</param>
    /// <param name="message">Why it is whole no longer.</param>
    /// <param name="wrong">How many files are perfect no longer.</param>
    [return: NotNullIfNotNull(nameof(status))]
    private static DiscStatus? Reopen(DiscFolder folder, DiscStatus? status, string message, int wrong)
    {
        if (status is not { Condition: DiscCondition.Whole })
        {
            return status;
        }

        var reopened = status with
        {
            Status = StatusWords.Partial,
            Condition = DiscCondition.Damaged,
            Message = message,
            Files = status.Files with { Perfect = status.Files.Perfect - wrong, Damaged = status.Files.Damaged + wrong },
            Next = "Put the disc in again to go on.",
        };
        folder.Store(reopened);
        return reopened;
    }

    private bool IsWholeInArchive(ClaimedDisc claimed, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        if (claimed.HasGrown || claimed.Before.Condition != DiscCondition.Whole || !claimed.Listing.IsWhole)
        {
            return false;
        }

        if (settings.ExtractFiles && (job.KeepImage || !settings.DeleteImage) && !File.Exists(claimed.Folder.ImagePath))
        {
            Say("The image is to be kept and is not there: the disc is read anew", notes, logger);
            return false;
        }

        // The disc is at hand: if what is archived is no longer what was written, now is the time to know.
        return settings.ExtractFiles ? AreFilesRight(claimed, job, notes, logger, cancellationToken) : AreImagesRight(claimed, job, notes, logger, cancellationToken);
    }

    private static bool AreFilesRight(ClaimedDisc claimed, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        if (claimed.Listing.Files.Any(file => file.Sha256 is null))
        {
            return false;
        }

        var wrong = claimed.Wrong = DiscShelf.FindWrong(claimed.Folder, claimed.Listing, job, cancellationToken);
        if (wrong.Count == 0)
        {
            return true;
        }

        Reopen(claimed, $"{Words.Count(wrong.Count, "archived file")} missing or not what was written, {wrong[0].Path} the first", wrong.Count, notes, logger);
        return false;
    }

    private bool AreImagesRight(ClaimedDisc claimed, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = claimed.Folder;
        job.OnProgress(new(DiscStage.Verifying, Detail: DiscFolder.ImageName));
        string[] recorded = File.Exists(folder.ManifestPath) ? File.ReadAllLines(folder.ManifestPath) : [];
        bool IsRight(string name)
        {
            var hash = ArchivedFiles.TryHash(folder, folder.In(name), cancellationToken);
            return hash is not null && recorded.Contains(Manifest.Line(hash, name));
        }

        var wrong = new[] { DiscFolder.ImageName, DiscFolder.Form2Name }
            .FirstOrDefault(name => (name == DiscFolder.ImageName || File.Exists(folder.In(name))) && !IsRight(name));
        if (wrong is null)
        {
            return true;
        }

        Reopen(claimed, $"The archived {wrong} is missing or not what was written", wrong: 0, notes, logger);
        foreach (var map in (string[])[folder.MapPath, folder.Form2MapPath])
        {
            folder.SetAside(map, "unused", clock.GetUtcNow());
        }

        return false;
    }

    /// <summary>Before anything is repaired: what comes in between must not leave a disc that is called whole.</summary>
    private static void Reopen(ClaimedDisc claimed, string what, int wrong, AttemptNotes notes, ILogger logger)
    {
        claimed.EnsureWritable();
        claimed.Before = Reopen(claimed.Folder, claimed.Before, $"{what}.", wrong);
        Say($"{what}: repaired from the disc, where it reads", notes, logger);
    }

    private static void Say(string remark, AttemptNotes notes, ILogger logger)
    {
        notes.Remark(remark);
        Log.Remark(logger, remark);
    }

    /// <summary>
    /// Where the record by which the disc is recognised was lost its files told that it is this one, and they will not again: without samples any
    /// disc of the same descriptors would be taken for it.
    /// </summary>
    private static void TakeLostSamples(ClaimedDisc claimed, IDisc disc, DiscJob job)
    {
        if (claimed.Evidence.Samples.Count == 0)
        {
            var probe = new DiscProbe(job.ReadableOf(disc), maxBadReads: SampleFailures);
            claimed.EnsureWritable();
            claimed.Evidence = claimed.Evidence with
            {
                Samples = Fingerprint.TakeSamples(probe, EvidenceKeeper.BytesOf(claimed.Listing.Files), Fingerprint.SampleCount),
            };
            claimed.Folder.Store(claimed.Evidence);
        }
    }

    private bool HasMore(ClaimedDisc claimed, SeenDisc seen, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger)
    {
        job.OnProgress(new(DiscStage.Identifying));
        if (!HasOtherFiles(disc, job.ReadableOf(disc), DiscReading.Options(disc, settings), claimed.Listing))
        {
            return false;
        }

        claimed.EnsureWritable();
        Say("Files were added to the disc since it was archived: it is read anew", notes, logger);
        claimed.HasGrown = true;
        claimed.Before = Reopen(claimed.Folder, claimed.Before);

        // What was written over is no evidence any more, and what an image has of it is not the disc's.
        claimed.Evidence = claimed.Evidence with { Anchors = seen.Evidence.Anchors, Samples = [] };
        claimed.Folder.Store(claimed.Evidence);
        claimed.Folder.SetAside(claimed.Folder.MapPath, "unused", clock.GetUtcNow());
        return true;
    }

    /// <summary>
    /// Sessions of ISO 9660 tell by themselves. All others are written on in place: nothing but their directories tells whether a file came.
    /// </summary>
    /// <returns>
    /// True where the disc in the drive has a file of some length that the listing does not have, by that name or at that place; false also where
    /// its directories can't be read.
    /// </returns>
    private static bool HasOtherFiles(IDisc disc, ISectorSource sectors, ReadingOptions options, Listing listing)
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Remark}")]
        public static partial void Remark(ILogger logger, string remark);
    }
}
