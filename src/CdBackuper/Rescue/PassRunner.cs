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

/// <summary>Asks the plan for the next pass and runs it, until the plan says that it is enough.</summary>
internal sealed partial class PassRunner(ClaimedDisc claimed, IDisc disc, DiscJob job, AttemptNotes notes, Settings settings)
{
    /// <summary>The kernel gives up a read after some tries of 30 s each, with the drive reset between them; a longer one hangs.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(10);

    private readonly DiscFolder folder = claimed.Folder;
    private readonly MediumCheck check = new(claimed, disc, job);
    private readonly DiscNeeds needs = new(claimed.Folder, DiscReading.OptionsOfImage(disc, settings), disc.LengthBytes);
    private readonly Stopwatch spent = Stopwatch.StartNew();

    /// <param name="known">What is known of the disc before the first pass.</param>
    /// <param name="clock">The program's clock.</param>
    /// <param name="logger">The drive's log.</param>
    /// <param name="cancellationToken">Ends it, the map saved.</param>
    public void Run(RescueFacts known, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        List<PassOutcome> done = [];
        var noData = notes.NoData;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var map = RescuedImage.TryLoadMap(folder, out var saved, out _) ? saved : RescueMap.Empty;
            var unread = known.Domain.Except(map.Finished);
            var facts = known with
            {
                Map = map,
                Needs = unread.IsEmpty || map.Finished.IsEmpty ? RescueNeeds.Unknown : needs.Find(map),
                Passes = done,
                HiddenFrom = FindHidden(),
                TimeLeft = settings.Timeout - spent.Elapsed,
            };
            notes.NoData = noData.Union(facts.Padding);
            var pass = RescuePlan.Next(facts);
            if (pass is RescuePass.Finish finish)
            {
                notes.WhyRescueEnded = finish.Reason;
                Log.Ended(logger, map.Tally.Finished / Sector.Size, unread.Except(notes.NoData).SectorCount, finish.Reason);
                return;
            }

            check.EnsureSame(map);
            claimed.EnsureWritable();
            var began = spent.Elapsed;
            if (RunPass(pass, facts, clock, logger, cancellationToken))
            {
                done.Add(new(pass, Won(map), spent.Elapsed - began));
            }
        }
    }

    /// <returns>The first byte that ddrescue does not get at; null where it gets at all.</returns>
    private long? FindHidden()
    {
        // Where damage is simulated, ddrescue takes the last byte that reads for the disc's end; where none does, it never ends.
        var reach = disc.ReadReachableLength() is > 0 and var length ? length : disc.LengthBytes;
        reach = Math.Min(reach, job.Damage?.Readable.End ?? reach);
        return reach < disc.LengthBytes ? reach : null;
    }

    /// <returns>False where it was cut off on no account of the disc: what of it is left is to be asked for again.</returns>
    private bool RunPass(RescuePass pass, RescueFacts facts, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        if (pass is RescuePass.ReadHidden hidden)
        {
            ReadHidden(hidden, facts, logger, cancellationToken);
            return true;
        }

        var domainPath = WriteDomain(pass);
        try
        {
            var command = new DdrescueCommand(disc.SourcePath, folder)
            {
                ImagePath = HolderPlace.HoldImage(folder),
                ReadsDirectly = disc.SupportsDirectReads,
                IsMapLonger = facts.Map.Tried.End > (facts.HiddenFrom ?? disc.LengthBytes),
                DomainPath = domainPath,
                SimulatedMapPath = job.Damage?.MapPath,
            }.For(pass);
            Log.Pass(logger, RescueWords.Of(pass));
            return Run(command, pass, facts, clock, cancellationToken);
        }
        finally
        {
            if (domainPath is not null)
            {
                File.Delete(domainPath);
            }
        }
    }

    private bool Run(ChildCommand command, RescuePass pass, RescueFacts facts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var scrape = pass as RescuePass.Scrape;
        var run = new DdrescueRun(claimed, disc, job, RescueWords.Of(pass))
        {
            TimeLeft = scrape?.Limit is { } limit && limit < facts.TimeLeft ? limit : facts.TimeLeft,
            Patience = scrape is null ? TimeSpan.MaxValue : settings.Patience,
            Silence = scrape is null ? Timeout.InfiniteTimeSpan : settings.Patience > LongestRead ? settings.Patience : LongestRead,
        };
        var began = spent.Elapsed;
        var ended = PassEnds.BrokenOff;
        ChildOutcome outcome;
        try
        {
            (outcome, ended) = run.Run(command, facts.Map, check, clock, cancellationToken);
            ended = outcome.ExitCode == 1 && HasStopped(pass, facts.Map) ? PassEnds.ReadFailed : run.WasEndedInVain ? PassEnds.DiscChecked : ended;
        }
        catch (DriveFaultException)
        {
            ended = PassEnds.DiscChanged;
            throw;
        }
        finally
        {
            Note(pass, command.ToString(), spent.Elapsed - began, Won(facts.Map), ended);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (outcome.IsStuck)
        {
            throw new DriveFaultException(
                DriveFault.Other, $"Drive {job.Drive.Name} hangs: a read does not come back and can't be ended. Unplug the drive or restart the machine.");
        }

        if (run.WasEndedInVain)
        {
            // A pass that came no step further would be asked for without end.
            return !HasMoved(facts.Map);
        }

        if (outcome is not { WasCancelled: false, ExitCode: not 0 })
        {
            return true;
        }

        // An error near the end: sr takes it for run-out blocks and shrinks the device under ddrescue, which gives up at its next
        // read behind the new end ("Unaligned read error"). Each time it shrinks by at least a sector, so this comes to an end.
        if (FindHidden() is { } hidden && hidden < (facts.HiddenFrom ?? disc.LengthBytes))
        {
            return false;
        }

        if (ended != PassEnds.ReadFailed)
        {
            Diagnose(ended);
        }

        return true;
    }

    private bool HasMoved(RescueMap before) => RescuedImage.TryLoadMap(folder, out var map, out _)
        && (map.Tally.Finished != before.Tally.Finished || map.Tried.TotalLength != before.Tried.TotalLength);

    /// <returns>True where it was to end at the first read that fails, and one did.</returns>
    private bool HasStopped(RescuePass pass, RescueMap before) =>
        pass is RescuePass.Copy { StopsAtFailure: true }
        && RescuedImage.TryLoadMap(folder, out var map, out _) && map.Of(BlockStatus.NonTrimmed).TotalLength > before.Of(BlockStatus.NonTrimmed).TotalLength;

    private void ReadHidden(RescuePass.ReadHidden pass, RescueFacts facts, ILogger logger, CancellationToken cancellationToken)
    {
        var command = $"cdbackuper: read the end of {disc.SourcePath} by SCSI commands";
        Log.Pass(logger, RescueWords.Of(pass));
        var copier = new SectorCopier(claimed, disc, job, RescueWords.Of(pass));
        var isDone = copier.Copy(facts.Map, pass.Domain, facts.TimeLeft, cancellationToken);
        Note(pass, command, copier.Spent, copier.SectorsRead, isDone ? PassEnds.Done : cancellationToken.IsCancellationRequested ? PassEnds.Interrupted : PassEnds.TimeUsedUp);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Null for all of the disc.</returns>
    private string? WriteDomain(RescuePass pass)
    {
        var domain = pass is RescuePass.Copy copy ? copy.Domain : ((RescuePass.Scrape)pass).Domain;
        if (domain is [{ Start: 0 } all] && all.Length >= disc.LengthBytes)
        {
            return null;
        }

        var blocks = domain.Select(range => new RescueBlock(range, BlockStatus.Finished)).ToArray();
        folder.Write(folder.DomainPath, MapfileText.Print(RescueMap.Of(blocks), "What the running pass of GNU ddrescue may read"));
        return folder.DomainPath;
    }

    private void Note(RescuePass pass, string command, TimeSpan duration, long won, string ended) => notes.Passes.Add(new(
        pass switch
        {
            RescuePass.Copy { Aim: RescueAim.Metadata } => "metadata",
            RescuePass.Copy { Trims: true } => "trim",
            RescuePass.Copy { Aim: RescueAim.Files or RescueAim.Rest } => "sweep",
            RescuePass.Copy => "copy",
            RescuePass.ReadHidden => "hiddenEnd",
            _ => "scrape",
        },
        command,
        Math.Round(duration.TotalSeconds, 1),
        won,
        ended)
    { What = RescueWords.Of(pass) });

    private long Won(RescueMap before) => RescuedImage.TryLoadMap(folder, out var map, out _)
        ? Math.Max(0, map.Tally.Finished - before.Tally.Finished) / Sector.Size
        : 0;

    /// <summary>ddrescue gave up: find out on whose account.</summary>
    private void Diagnose(string ended)
    {
        folder.Root.EnsureUsable();
        if (folder.Root.FreeBytes() < DiscRescuer.SpareBytes)
        {
            throw DiscRescuer.Full(folder);
        }

        if (job.Drive.ReadState() != DriveState.Loaded)
        {
            throw MediumCheck.Gone(job.Drive);
        }

        var message = File.ReadLines(folder.OutputPath)
            .Select(line => line.Trim())
            .LastOrDefault(line => line.StartsWith("ddrescue:", StringComparison.Ordinal)) ?? "no message";
        var what = $"ddrescue ended with {ended}: {message}";
        throw IsOfInput(ended, message) ? new DriveFaultException(DriveFault.Other, what) : new IOException(what);
    }

    /// <returns>False where ddrescue names what it writes: image or map (ddrescue 1.27, main.cc and mapbook.cc).</returns>
    private static bool IsOfInput(string ended, string message) =>
        ended.StartsWith("signal", StringComparison.Ordinal)
        || message.Contains("input file", StringComparison.OrdinalIgnoreCase)
        || message.Contains("infile", StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Now {What}")]
        public static partial void Pass(ILogger logger, string what);

        [LoggerMessage(LogLevel.Information, "{Read} sectors are read, {Unread} are not: {Reason}")]
        public static partial void Ended(ILogger logger, long read, long unread, string reason);
    }
}
