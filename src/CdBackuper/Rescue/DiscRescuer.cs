using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Rescue;

/// <summary>Rescues a disc, pass after pass, as the plan says, until there is no more to win in this drive.</summary>
internal sealed partial class DiscRescuer(Settings settings, TimeProvider clock)
{
    /// <summary>Room that is left free besides what the disc needs, for records and other people.</summary>
    internal const long SpareBytes = 16L << 20;

    private const string GoesOn = "Make room; what was read is kept, and the disc goes on from there.";

    /// <exception cref="OperationCanceledException">Stopped by a signal; the map is saved.</exception>
    /// <exception cref="DriveFaultException">The disc or drive went away, or hangs.</exception>
    /// <exception cref="ArchiveException">The archive has no room.</exception>
    public void Rescue(
        ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = claimed.Folder;
        claimed.EnsureWritable();
        if (RescuedImage.SetAsideUnusableMap(folder, claimed.Evidence, clock.GetUtcNow()) is { } remark)
        {
            notes.Remark(remark);
            Log.Remark(logger, remark);
        }

        var domain = DataDomain.Of(disc.LengthBytes, disc.Toc, disc.Gaps);
        notes.NoData = ByteSet.Of(new ByteRange(0, disc.LengthBytes)).Except(domain);
        var finished = LoadMap(folder).Finished.Union(RescuedImage.Form2In(folder));
        notes.ReadBefore = BytesBefore.Of(finished, claimed.Listing, claimed.Wrong ?? [], claimed.HasGrown, disc.LengthBytes);
        EnsureRoom(folder, domain, disc.Form2?.FindForm2() ?? ByteSet.Empty, isBegun: !finished.IsEmpty);
        var isRetry = File.Exists(folder.OutputPath);
        folder.SetAside(folder.OutputPath, "backup", clock.GetUtcNow());
        if (!disc.HasPlainSectors)
        {
            CopyImage(claimed, disc, job, notes, logger, cancellationToken);
            return;
        }

        foreach (var taken in new OtherFolders(claimed, disc, job, notes).TakeOver(cancellationToken))
        {
            notes.Remark(taken);
            Log.TakenOver(logger, taken);
        }

        var facts = new RescueFacts
        {
            Map = RescueMap.Empty,
            Domain = domain,
            MetadataPlaces = DataDomain.MetadataPlaces(disc.LengthBytes, disc.Toc),
            HasTrouble = job.Trouble.IsThere,
            IsRetry = isRetry,
            Retries = settings.Retries,
            MinYield = settings.MinYield,
            RestLimit = settings.ExtractFiles ? settings.Timeout * (settings.RestShare / 100.0) : null,
        };
        var before = LoadMap(folder);
        new PassRunner(claimed, disc, job, notes, settings).Run(facts, clock, logger, cancellationToken);
        new ReadAgain(claimed, disc, job, notes).EnsureSteady(before, cancellationToken);
    }

    /// <summary>A raw image, which ddrescue would take for sectors of 2048 bytes.</summary>
    private void CopyImage(
        ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            Log.Copying(logger, disc.SourcePath);
            new ImageCopier(claimed, disc, job, notes).Copy(LoadMap(claimed.Folder), settings.Timeout, cancellationToken);
        }
        catch (IOException) when (claimed.Folder.Root.FreeBytes() < SpareBytes)
        {
            throw Full(claimed.Folder);
        }

        foreach (var remark in disc.Remarks)
        {
            Log.Remark(logger, remark);
        }
    }

    /// <returns>The fault of an archive without room.</returns>
    public static ArchiveException Full(DiscFolder folder) => new(
        $"The archive {folder.Root.Path} is full: no space left.", GoesOn);

    private static void EnsureRoom(DiscFolder folder, ByteSet domain, ByteSet form2, bool isBegun)
    {
        // What the map calls read lies there only while the image does.
        var inImage = File.Exists(folder.ImagePath) ? LoadMap(folder).Finished : ByteSet.Empty;
        var needed = RoomNeed.Of(domain, form2, inImage, RescuedImage.Form2In(folder));
        var free = folder.Root.FreeBytes();
        if (free < needed + SpareBytes)
        {
            throw new ArchiveException(
                $"The archive {folder.Root.Path} has {Words.Bytes(free)} of free space left; this disc needs {Words.Bytes(needed + SpareBytes)}: "
                    + $"{Words.Bytes(needed)} for its image, and {Words.Bytes(SpareBytes)} that stay free.",
                isBegun ? GoesOn : "Make room; nothing of the disc was read yet.");
        }
    }

    /// <returns>The folder's map; an empty one where there is none that can be read.</returns>
    public static RescueMap LoadMap(DiscFolder folder) =>
        RescuedImage.TryLoadMap(folder, out var map, out _) ? map : RescueMap.Empty;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Copying the data tracks of {Source}")]
        public static partial void Copying(ILogger logger, string source);

        [LoggerMessage(LogLevel.Information, "{Taken}")]
        public static partial void TakenOver(ILogger logger, string taken);

        [LoggerMessage(LogLevel.Warning, "{Remark}")]
        public static partial void Remark(ILogger logger, string remark);
    }
}
