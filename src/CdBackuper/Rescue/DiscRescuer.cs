using System.Diagnostics;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Rescue;

/// <summary>Runs ddrescue, pass after pass, as the plan says, until there is no more to win in this drive.</summary>
internal sealed partial class DiscRescuer(Settings settings, TimeProvider clock)
{
    /// <summary>Room that is left free besides what the disc needs, for records and other people.</summary>
    private const long SpareBytes = 16L << 20;

    /// <exception cref="OperationCanceledException">Stopped by a signal; the map is saved.</exception>
    /// <exception cref="DriveFaultException">The disc or drive went away, or hangs.</exception>
    /// <exception cref="ArchiveException">The archive has no room.</exception>
    public void Rescue(
        ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = claimed.Folder;
        if (RescuedImage.SetAsideUnusableMap(folder, claimed.Evidence, clock.GetUtcNow()) is { } remark)
        {
            notes.Remark(remark);
            Log.Remark(logger, remark);
        }

        EnsureRoom(folder, disc.LengthBytes - disc.Gaps.TotalLength);
        var isRetry = File.Exists(folder.OutputPath);
        folder.Root.Files.SetAside(folder.OutputPath, "backup", clock.GetUtcNow());
        notes.FinishedBefore = LoadMap(folder).Tally.Finished;
        if (!disc.HasPlainSectors)
        {
            CopyImage(claimed, disc, job, notes, logger, cancellationToken);
            return;
        }

        var spent = Stopwatch.StartNew();
        var (copies, scrapes) = (0, 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var map = LoadMap(folder);
            var facts = new RescueFacts(
                map.Tally.Over(disc.LengthBytes), copies, scrapes, settings.Timeout - spent.Elapsed, settings.Retries, isRetry);
            var pass = RescuePlan.Next(facts);
            if (pass is RescuePass.Finish finish)
            {
                notes.WhyRescueEnded = finish.Reason;
                Log.RescueEnded(logger, map.Tally.FinishedPercent, map.UnreadSectors, finish.Reason);
                return;
            }

            claimed.EnsureWritable();
            var direct = disc.SupportsDirectReads;
            var command = DdrescueCommand.For(
                pass, disc.SourcePath, folder, direct, map.End > disc.LengthBytes, job.Damage?.MapPath);
            var isCopy = pass is RescuePass.Copy;
            (copies, scrapes) = isCopy ? (copies + 1, scrapes) : (copies, scrapes + 1);
            Log.Pass(logger, isCopy ? "Reading the disc" : "Reading what is left, sector by sector", command.ToString());
            Run(command, isCopy ? "copy" : "scrape", facts.TimeLeft, map, folder, job, notes, cancellationToken);
        }
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

    private void Run(
        ChildCommand command,
        string kind,
        TimeSpan timeLeft,
        RescueMap before,
        DiscFolder folder,
        DiscJob job,
        AttemptNotes notes,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeLeft, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var screen = new DdrescueScreen();
        ChildOutcome outcome;
        using (var output = new FileStream(folder.OutputPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            output.Write(System.Text.Encoding.UTF8.GetBytes($"$ {command}\n"));
            outcome = Child.Run(
                command,
                printed =>
                {
                    output.Write(printed.Span);
                    output.Flush();
                    if (screen.Take(printed.Span) is { } progress)
                    {
                        job.OnProgress(progress);
                    }
                },
                either.Token);
        }

        var won = LoadMap(folder).Tally.Finished - before.Tally.Finished;
        var ended = outcome.IsStuck ? "stuck in the kernel"
            : limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested ? "time used up"
            : outcome.WasCancelled ? "interrupted"
            : outcome.Signal is { } signal ? $"signal {signal}" : $"exit {outcome.ExitCode}";
        notes.Passes.Add(new(kind, command.ToString(), Math.Round(outcome.Duration.TotalSeconds, 1), won / Sector.Size, ended));
        cancellationToken.ThrowIfCancellationRequested();
        if (outcome.IsStuck)
        {
            throw new DriveFaultException(
                DriveFault.Other, $"Drive {job.Drive.Name} hangs: a read does not come back and can't be ended. Unplug the drive or restart the machine.");
        }

        if (outcome is { WasCancelled: false, ExitCode: not 0 })
        {
            Diagnose(folder, job, ended);
        }
    }

    /// <summary>ddrescue gave up: find out on whose account.</summary>
    private static void Diagnose(DiscFolder folder, DiscJob job, string ended)
    {
        folder.Root.EnsureUsable();
        if (folder.Root.FreeBytes() < SpareBytes)
        {
            throw Full(folder);
        }

        if (job.Drive.ReadState() != DriveState.Loaded)
        {
            throw new DriveFaultException(
                DriveFault.DiscGone, $"The disc was taken out of {job.Drive.Name} while it was read. Put it in again to go on.");
        }

        throw new IOException($"ddrescue ended with {ended}: {LastLine(folder.OutputPath)}");
    }

    private static ArchiveException Full(DiscFolder folder) => new(
        $"The archive {folder.Root.Path} is full: no space left.", "Make room; what was read is kept, and the disc goes on from there.");

    private static void EnsureRoom(DiscFolder folder, long discBytes)
    {
        var imageBytes = File.Exists(folder.ImagePath) ? new FileInfo(folder.ImagePath).Length : 0;
        var needed = Math.Max(0, discBytes - imageBytes) + SpareBytes;
        var free = folder.Root.FreeBytes();
        if (free < needed)
        {
            throw new ArchiveException(
                $"The archive {folder.Root.Path} has {Words.Bytes(free)} of free space left; this disc needs {Words.Bytes(needed)}.",
                "Make room; what was read is kept, and the disc goes on from there.");
        }
    }

    private static RescueMap LoadMap(DiscFolder folder) =>
        RescuedImage.TryLoadMap(folder, out var map, out _) ? map : RescueMap.Empty;

    private static string LastLine(string path) => File.ReadLines(path)
        .Select(line => line.Trim()).LastOrDefault(line => line.StartsWith("ddrescue:", StringComparison.Ordinal)) ?? "no message";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{What}: {Command}")]
        public static partial void Pass(ILogger logger, string what, string command);

        [LoggerMessage(LogLevel.Information, "Copying the data tracks of {Source}")]
        public static partial void Copying(ILogger logger, string source);

        [LoggerMessage(LogLevel.Information, "{Percent} % is read, {Sectors} sectors are not: {Reason}")]
        public static partial void RescueEnded(ILogger logger, double percent, long sectors, string reason);

        [LoggerMessage(LogLevel.Warning, "{Remark}")]
        public static partial void Remark(ILogger logger, string remark);
    }
}
