using System.Diagnostics;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Archive.Verification;
using CdBackuper.Hosting;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Jobs;

/// <summary>Reads the volume from the image and brings its files into the archive, each no worse than it was.</summary>
internal sealed partial class DiscShelf(Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(200);

    /// <returns>The new listing; where the image has no volume that can be read, the old one (<see cref="CarryOver"/>).</returns>
    /// <exception cref="ArchiveException">The archive gives back other bytes than were written.</exception>
    public Listing Shelve(
        ClaimedDisc claimed,
        RescuedImage image,
        ReadingOptions options,
        DiscJob job,
        AttemptNotes notes,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        job.OnProgress(new(DiscStage.Reading));
        var volumes = VolumeReader.ReadAll(image, options);
        if (DiscContent.Compose(volumes, image) is not { } volume)
        {
            return CarryOver(claimed, job, cancellationToken);
        }

        var names = settings.ExtractFiles ? NameProbe.Find(claimed.Folder, volume.Entries.Select(entry => entry.Name)) : NameRules.Linux;
        var found = ListingBuilder.Build(volumes, volume, image.Read, Math.Max(image.Map.End, 1), options.KnownStarts, notes.NoData, names);
        SayOtherNames(volume, found, names, notes, logger);
        found = found with { HasUnknownTrack = found.HasUnknownTrack || UnownedForm2.IsIn(image, found) };
        Log.Volume(logger, volume.Format, volume.VolumeName ?? "without a name", Words.Count(found.Files.Count(), "file"), Words.Count(found.Flaws.Count, "flaw"));
        var listing = Bring(claimed, image, found, FindWrongBefore(claimed, job, cancellationToken), names, job, notes, logger, cancellationToken);
        if (!settings.ExtractFiles || !listing.IsWhole)
        {
            return listing;
        }

        var wrong = FindWrong(claimed.Folder, listing, job, cancellationToken);
        if (wrong.Count == 0)
        {
            return listing;
        }

        Log.Wrong(logger, wrong.Count, wrong[0].Path);
        listing = Bring(claimed, image, found, wrong, names, job, notes, logger, cancellationToken);
        var still = FindWrong(claimed.Folder, listing, job, cancellationToken);
        return still.Count == 0 ? listing : throw new ArchiveException(
            $"The archive gives back other bytes than were written: {still.Count} files, the first is {still[0].Path}.",
            "Check the NAS's disks and memory. The image is kept; nothing was deleted.");
    }

    private static void SayOtherNames(DiscContent volume, Listing found, NameRules names, AttemptNotes notes, ILogger logger)
    {
        var asIs = names == NameRules.Linux ? [] : EntryPaths.Assign(volume.Entries);
        string[] others = [.. found.Entries.Zip(asIs).Where(pair => pair.First.Path != pair.Second).Select(pair => pair.First.Path)];
        if (others.Length > 0)
        {
            var remark = $"The archive's file system does not take all names of the disc beside each other: {Words.Count(others.Length, "path")} "
                + $"{(others.Length == 1 ? "is" : "are")} another, files/{others[0]} the first";
            notes.Remark(remark);
            Log.Remark(logger, remark);
        }
    }

    /// <summary>
    /// A disc that was whole and is no longer may have lost files in the archive, be it that an attempt before found that and was broken off.
    /// Those of others are looked at when they get whole.
    /// </summary>
    private IReadOnlyList<ListedEntry> FindWrongBefore(ClaimedDisc claimed, DiscJob job, CancellationToken cancellationToken) =>
        claimed.Wrong
        ?? (settings.ExtractFiles && (claimed.Listing with { LacksNames = false }).IsWhole ? FindWrong(claimed.Folder, claimed.Listing, job, cancellationToken) : []);

    /// <summary>The old listing, of an attempt that read no volume: as far as it is true of what lies in the archive.</summary>
    /// <returns>The listing in which perfect files are lost that are missing in the archive, or not what was written.</returns>
    public Listing CarryOver(ClaimedDisc claimed, DiscJob job, CancellationToken cancellationToken)
    {
        // What the disc has grown by was not seen; and without files, the image that holds them is all there is.
        var listing = claimed.Listing;
        listing = listing with { LacksNames = listing.LacksNames || (listing.VolumeFormat is not null && (claimed.HasGrown || !settings.ExtractFiles)) };
        var wrong = settings.ExtractFiles
            ? FindWrong(claimed.Folder, listing, job, cancellationToken).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal)
            : [];
        return wrong.Count == 0 ? listing : listing with
        {
            Entries = [.. listing.Entries.Select(entry => wrong.Contains(entry.Path)
                ? entry with { Sha256 = null, Lost = ByteSet.Of(new ByteRange(0, entry.Size)), Extents = entry.Size == 0 ? null : entry.Extents }
                : entry)],
        };
    }

    private Listing Bring(
        ClaimedDisc claimed,
        RescuedImage image,
        Listing found,
        IReadOnlyList<ListedEntry> wrong,
        NameRules names,
        DiscJob job,
        AttemptNotes notes,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var folder = claimed.Folder;
        var distrusted = wrong.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var recorded = UnrecordedFiles.Doubt(folder, claimed.Listing, cancellationToken);
        found = found with { Entries = [.. found.Entries, .. HiddenFiles.Of(recorded, found, image.Read)] };
        var steps = ShelfPlan.Decide(
            recorded, found, entry => !distrusted.Contains(entry.Path) && FileShelver.IsInPlace(folder, entry), names);
        var entries = settings.ExtractFiles
            ? Extract(claimed, image, steps, hasAllNames: found is { UnreadStructureSectors: 0, LacksNames: false }, job, notes, logger, cancellationToken)
            : Unextracted(claimed.Listing, steps);

        // A structure that any attempt has read whole is known; a poorer reading does not take that back. A volume that no attempt
        // before knew of has structures of its own, and so has a session that came since.
        var before = claimed.Listing;
        var isNew = claimed.HasGrown || before.VolumeFormat is null
            || (before.Volumes.Count > 0 && found.Volumes.Any(volume => !before.Volumes.Any(known => known.IsSameVolume(volume))));
        var hadAll = before is { UnreadStructureSectors: 0, LacksNames: false };
        return isNew || !hadAll ? found with { Entries = entries } : found with { Entries = entries, UnreadStructureSectors = 0, LacksNames = false };
    }

    /// <summary>Nothing is written: what lies in the archive stays, and stays listed.</summary>
    private static IReadOnlyList<ListedEntry> Unextracted(Listing before, IReadOnlyList<ShelfStep> steps)
    {
        var unverified = before.Files.Where(file => !file.Unverified.IsEmpty).ToDictionary(file => file.Path, StringComparer.Ordinal);
        return [.. steps.Select(step => step.Previous ?? unverified.GetValueOrDefault(step.Result.Path, step.Result))];
    }

    private IReadOnlyList<ListedEntry> Extract(
        ClaimedDisc claimed,
        RescuedImage image,
        IReadOnlyList<ShelfStep> steps,
        bool hasAllNames,
        DiscJob job,
        AttemptNotes notes,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var count = steps.Count(step => step.Action != ShelfAction.Keep);
        Log.Extracting(logger, Words.Count(count, "file"), steps.Count(step => step.Action == ShelfAction.Keep && step.Result.Sha256 is not null));
        claimed.EnsureWritable();
        claimed.IsBeingShelved = true;
        // What is unnamed in the first attempt stands in the listing from then on.
        var unnamed = hasAllNames && (claimed.HasForeignFiles || PredecessorFolder.WasOne(claimed.Folder)) ? UnnamedFiles.SetAside
            : claimed.HasForeignFiles ? UnnamedFiles.Listed
            : UnnamedFiles.Stay;
        var shelver = new FileShelver(claimed.Folder, image, clock.GetUtcNow(), unnamed, claimed.EnsureWritable);
        var entries = shelver.Shelve(steps, Counter(DiscStage.Extracting, count, job), cancellationToken);
        foreach (var remark in shelver.Remarks)
        {
            notes.Remark(remark);
            Log.Remark(logger, remark);
        }

        return entries;
    }

    /// <returns>The perfect files of a listing that are missing in the archive, or not what was written.</returns>
    public static IReadOnlyList<ListedEntry> FindWrong(
        DiscFolder folder, Listing listing, DiscJob job, CancellationToken cancellationToken)
    {
        var perfect = listing.Files.Where(file => file.Condition == FileCondition.Perfect).ToArray();
        return ArchivedFiles.FindWrong(folder, perfect, Counter(DiscStage.Verifying, perfect.Length, job), cancellationToken);
    }

    /// <summary>Tells how many of so many files are begun, a few times a second.</summary>
    private static Action<string> Counter(DiscStage stage, int total, DiscJob job)
    {
        var (begun, told) = (0, 0L);
        return path =>
        {
            var number = Interlocked.Increment(ref begun);
            var last = Interlocked.Read(ref told);
            if ((last == 0 || Stopwatch.GetElapsedTime(last) > BetweenNews)
                && Interlocked.CompareExchange(ref told, Stopwatch.GetTimestamp(), last) == last)
            {
                job.OnProgress(new(stage, 100.0 * (number - 1) / total, Detail: path));
            }
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Format}, {Name}: {Files}, {Flaws} in the disc's structures")]
        public static partial void Volume(ILogger logger, string format, string name, string files, string flaws);

        [LoggerMessage(LogLevel.Information, "Writing {Files}; in the archive already: {Kept}")]
        public static partial void Extracting(ILogger logger, string files, int kept);

        [LoggerMessage(LogLevel.Warning, "{Count} files in the archive are not what was written, {First} the first: they are written again")]
        public static partial void Wrong(ILogger logger, int count, string first);

        [LoggerMessage(LogLevel.Warning, "{Remark}")]
        public static partial void Remark(ILogger logger, string remark);
    }
}
