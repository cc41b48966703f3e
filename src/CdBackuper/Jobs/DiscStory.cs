using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Notices;
using CdBackuper.Rescue;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Jobs;

/// <summary>
/// The way of a disc, told in order. Synchronous, on the thread of its drive: see docs/decisions/0001. Every step starts
/// from what already lies in the archive, so that a crash, another drive and a plain second insertion are one case.
/// </summary>
internal sealed partial class DiscStory(
    ArchiveRoot archive, Settings settings, TimeProvider clock, ILoggerFactory loggers, NoticeDesk? notices = null)
{
    /// <summary>What to do where a source is no disc.</summary>
    public const string NameADisc = "Name a drive such as /dev/sr0, or an image such as disc.iso.";

    private readonly DiscClaimer claimer = new(archive, settings, clock);
    private readonly SecondLook secondLook = new(settings, clock);
    private readonly DiscRescuer rescuer = new(settings, clock);
    private readonly DiscShelf shelf = new(settings, clock);
    private readonly DiscRecorder recorder = new(settings, clock, notices);

    /// <summary>False where the caller says how it ended, in the same words.</summary>
    public bool LogsEnd { get; init; } = true;

    /// <summary>Does one disc. Never throws for what discs, drives and archives do; the tray is the caller's.</summary>
    public DiscResult Run(DiscJob job, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"{settings.NodeName}:{job.Drive.Name}");
        var notes = new AttemptNotes(clock.GetUtcNow());
        using var followed = notices?.Follow(job, notes);
        job = followed?.Job ?? job;
        DiscResult result;
        try
        {
            archive.EnsureUsable();
            ToolVersions.EnsureUsable();
            using var disc = job.Drive.OpenDisc();
            result = Import(disc, job, notes, logger, cancellationToken);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            result = Explain(fault, job.Drive, folder: null);
        }

        if (LogsEnd)
        {
            LogEnd(logger, result);
        }

        followed?.End = result.End;
        notices?.Tell(job, notes, result);
        return result;
    }

    private DiscResult Import(
        IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        notes.Medium = disc.Kind;
        notes.Beside = SoundTracks.Describe(disc.Toc);
        job.OnProgress(new(DiscStage.Identifying));
        Log.Identifying(logger, disc.SourcePath, disc.Kind, Words.Bytes(disc.LengthBytes));
        var seen = DiscIdentifier.Identify(disc, job, settings, cancellationToken);
        if (WhyNotADisc(disc, job, seen) is { } refusal)
        {
            return refusal;
        }

        using var claimed = claimer.Claim(seen, job, notes, logger, cancellationToken);
        notes.FolderName = claimed.Folder.Name;
        try
        {
            ReadAgain.EnsureTrusted(claimed, job, notes);
            if (secondLook.IsStillWhole(claimed, seen, disc, job, notes, logger, cancellationToken))
            {
                return recorder.RecordAlreadyWhole(claimed, job, notes, cancellationToken);
            }

            rescuer.Rescue(claimed, disc, job, notes, logger, cancellationToken);
            if (claimed.HasForeignFiles)
            {
                // What only the predecessor's image still has was read before this attempt.
                var own = DiscRescuer.LoadMap(claimed.Folder).Finished;
                PredecessorFolder.TakeUpMap(claimed.Folder, cancellationToken);
                notes.ReadBefore = notes.ReadBefore?.Union(DiscRescuer.LoadMap(claimed.Folder).Finished.Except(own));
            }

            using var image = RescuedImage.TryOpen(claimed.Folder);
            Listing listing;
            if (image is not null && !image.Read.IsEmpty)
            {
                DiscDumps.Store(claimed.Folder, cancellationToken);
                var options = DiscReading.OptionsOfImage(disc, settings);
                listing = shelf.Shelve(claimed, image, options, job, notes, logger, cancellationToken);
            }
            else
            {
                listing = shelf.CarryOver(claimed, job, cancellationToken);
            }

            job.OnProgress(new(DiscStage.Recording));
            return recorder.RecordDone(claimed, image, disc, listing, job, notes, cancellationToken);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            return RecordFault(Explain(fault, job.Drive, claimed.Folder), claimed, disc, job, notes, logger);
        }
    }

    /// <summary>The fault may be the archive's own: then nothing can be written down, and it is said all the same.</summary>
    private DiscResult RecordFault(
        DiscResult result, ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger)
    {
        try
        {
            notes.IsForetold = false;
            return recorder.RecordBrokenOff(claimed, disc, job, notes, result.End, result.Message, result.Next);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, second.Message);
            notes.IsForetold = false;
            return result;
        }
    }

    private static DiscResult? WhyNotADisc(IDisc disc, DiscJob job, SeenDisc seen)
    {
        if (disc.Toc is { Tracks.Count: > 0 } toc && toc.Tracks.All(track => !track.IsData))
        {
            return new(
                DiscEnd.Unreadable,
                $"The disc in {job.Drive.Name} is an audio disc; this version does not read those.{string.Concat(disc.Remarks.Select(remark => $" {remark}."))}",
                job.Drive is OpticalDrive ? "Take it out." : "Nothing of it is imported.",
                null);
        }

        if (disc.SourcePath.Contains('\n', StringComparison.Ordinal))
        {
            // ddrescue writes the path into its map, in a line of its own.
            return new(DiscEnd.NotADisc, $"{disc.SourcePath.ReplaceLineEndings("?")} has a line break in its path, which GNU ddrescue's maps have no room for.", "Give it another name.", null);
        }

        if (job.Drive is OpticalDrive)
        {
            return disc.LengthBytes == 0
                ? new(DiscEnd.Unreadable, $"The disc in {job.Drive.Name} is blank.", "Take it out.", null)
                : null;
        }

        return WhyNoImage(disc, seen.HasVolume) is { } why
            ? new(DiscEnd.NotADisc, $"{disc.SourcePath} is no disc image: {why}.", job.Drive is ImageTray ? "Move a disc image there." : NameADisc, null)
            : null;
    }

    /// <param name="image">What is in no drive: a file.</param>
    /// <param name="hasVolume">True where it has a file system that is known.</param>
    /// <returns>Why no import takes it; null where it does.</returns>
    public static string? WhyNoImage(IDisc image, bool hasVolume) => image.LengthBytes == 0 ? "it is empty"
        : !hasVolume && image.LengthBytes % Sector.Size != 0 ? $"it has no file system, and its length is not a multiple of {Sector.Size}"
        : null;

    private static bool IsFault(Exception fault) =>
        fault is OperationCanceledException or IOException or UnauthorizedAccessException;

    private DiscResult Explain(Exception fault, IDrive drive, DiscFolder? folder) => fault switch
    {
        OperationCanceledException => new(DiscEnd.Interrupted, "Interrupted.", GoOn(drive, folder), folder),
        ArchiveException archiveFault => new(DiscEnd.ArchiveFailed, archiveFault.Message, archiveFault.Next, folder),
        DriveFaultException { Fault: DriveFault.NotADisc } sheet => new(DiscEnd.NotADisc, fault.Message, sheet.Next, folder),
        DriveFaultException { Next: { Length: > 0 } next } => new(DiscEnd.DriveFailed, fault.Message, next, folder),
        DriveFaultException => new(DiscEnd.DriveFailed, fault.Message, GoOn(drive, folder), folder),
        ToolException => new(DiscEnd.DriveFailed, fault.Message, "cdbackuper doctor looks at everything that is needed.", folder),
        _ => ExplainArchive(fault, drive, folder),
    };

    private DiscResult ExplainArchive(Exception fault, IDrive drive, DiscFolder? folder)
    {
        try
        {
            archive.EnsureUsable();
            if (archive.FreeBytes() < 1 << 20)
            {
                return new(DiscEnd.ArchiveFailed, $"The archive {archive.Path} is full, no space left: {fault.Message}", $"Make room. {GoOn(drive, folder)}", folder);
            }

            archive.TryWriting();
        }
        catch (IOException second)
        {
            var first = second is ArchiveException known ? $"{known.Next} " : "";
            return new(DiscEnd.ArchiveFailed, second.Message, first + GoOn(drive, folder), folder);
        }

        return new(DiscEnd.ArchiveFailed, fault.Message, $"Check the archive {archive.Path}. {GoOn(drive, folder)}", folder);
    }

    /// <param name="drive">Where the disc lies: a file is imported again, and no disc put in.</param>
    /// <param name="folder">The disc's folder; null for a disc that was not given one in this attempt.</param>
    private static string GoOn(IDrive drive, DiscFolder? folder) =>
        folder is null ? "Nothing was read this time."
            : $"What was read is kept; {(drive is OpticalDrive ? "put the disc in" : "import it")} again to go on.";

    private static void LogEnd(ILogger logger, DiscResult result)
    {
        var where = result.Folder is null ? "" : $" [{result.Folder.Name}]";
        if (result.End is DiscEnd.Whole or DiscEnd.AlreadyWhole)
        {
            Log.Done(logger, result.Message, result.Next, where);
        }
        else
        {
            Log.DoneBadly(logger, result.Message, result.Next, where);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Looking at {Source}: {Kind}, {Length}")]
        public static partial void Identifying(ILogger logger, string source, string kind, string length);

        [LoggerMessage(LogLevel.Information, "{Message} {Next}{Where}")]
        public static partial void Done(ILogger logger, string message, string next, string where);

        [LoggerMessage(LogLevel.Warning, "{Message} {Next}{Where}")]
        public static partial void DoneBadly(ILogger logger, string message, string next, string where);

        [LoggerMessage(LogLevel.Error, "The attempt could not be written down: {Message}")]
        public static partial void NotRecorded(ILogger logger, string message);
    }
}
