using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Rescue;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Jobs;

/// <summary>Gives a disc its folder: the one it has already, or a new one with a number. One disc, one writer.</summary>
internal sealed partial class DiscClaimer(ArchiveRoot archive, Settings settings, TimeProvider clock)
{
    /// <summary>What is claimed while a disc that is not known gets its folder. No folder of a disc is called so.</summary>
    private const string NewDiscs = "new-discs";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortLook = TimeSpan.FromMilliseconds(100);

    /// <param name="seen">What was seen of the disc.</param>
    /// <param name="job">Whose drive claims, and who is told that it waits.</param>
    /// <param name="notes">Takes what is noticed.</param>
    /// <param name="logger">The drive's log.</param>
    /// <param name="cancellationToken">Ends the wait for a folder that another process holds.</param>
    /// <exception cref="DriveFaultException">The drive makes up what it reads: nothing of it may go where another drive's is.</exception>
    public ClaimedDisc Claim(
        SeenDisc seen, DiscJob job, AttemptNotes notes, ILogger logger, CancellationToken cancellationToken)
    {
        var known = new KnownDiscs(archive);
        var (holders, turns) = (new RivalWatch(settings.ClaimPatience), new RivalWatch(settings.ClaimPatience));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var match = known.Find(seen);
            if (match is { Folder: null, UnsteadySector: { } unsteady })
            {
                throw ReadAgain.Lies(job.Drive, unsteady);
            }

            // Its twin may become a known disc right now, in another drive: new discs come one at a time, and each looks again in its turn.
            using var turn = match.Folder is null ? TryTake(NewDiscs, turns, job, logger, cancellationToken) : null;
            if (match.Folder is null)
            {
                if (turn is null)
                {
                    continue;
                }

                match = known.Find(seen);
            }

            var name = match.Folder?.Name ?? FreeName(seen.Evidence, notes.Started);
            var claim = TryTake(name, holders, job, logger, cancellationToken);
            try
            {
                // Somebody may have made the folder between the look and the claim: it may be of this very disc.
                var isFree = claim is not null && (match.Folder is not null || !IsTaken(name));
                if (isFree && TryOpen(archive.Disc(claim!), claim!, holders.HasDied, turn, seen, match, notes, logger, cancellationToken) is { } claimed)
                {
                    if (claimed.WasCutOff && turn is null)
                    {
                        // Who began this folder in a turn may have been cut off in it: what is left of the turn goes with the rest of its traces.
                        TryTake(NewDiscs, turns, job, logger, cancellationToken)?.Dispose();
                    }

                    return claimed;
                }

                claim?.Dispose();
            }
            catch (Exception)
            {
                claim?.Dispose();
                throw;
            }
        }
    }

    /// <returns>The claim; null after a moment's wait where somebody else has it.</returns>
    private FolderClaim? TryTake(string name, RivalWatch watch, DiscJob job, ILogger logger, CancellationToken cancellationToken)
    {
        var owner = ProcessIdentity.NewOwner(settings.NodeName, job.Drive.Name);
        var claim = FolderClaim.TryTake(archive, name, owner, watch.IsGone, out var rival, settings.ClaimPatience);
        if (claim is null)
        {
            // A turn takes moments: of that nobody need be told.
            if (name != NewDiscs && watch.IsNews(rival!))
            {
                Log.Waiting(logger, name, rival!.ToString());
            }

            job.OnProgress(new(DiscStage.Waiting, Detail: $"{rival} holds {name}"));
            cancellationToken.WaitHandle.WaitOne(name == NewDiscs ? ShortLook : Look);
        }
        else if (name != NewDiscs && watch.Gone is { } gone)
        {
            Log.TookOver(logger, name, gone.ToString());
        }

        return claim;
    }

    /// <summary>
    /// Takes the folder over. What its holder before had read and not handed over counts from then on, and so does what was written since
    /// the disc was looked for: so it is compared once more, now that nobody else writes.
    /// </summary>
    /// <returns>Null where the folder is another disc's after all.</returns>
    private ClaimedDisc? TryOpen(
        DiscFolder folder,
        FolderClaim claim,
        Func<string, bool> isDead,
        FolderClaim? turn,
        SeenDisc seen,
        Recognition match,
        AttemptNotes notes,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        var wasCutOff = HolderPlace.TakeOver(folder, claim, clock.GetUtcNow(), isDead, cancellationToken.ThrowIfCancellationRequested);
        var now = match.Folder is null ? match : new KnownDiscs(archive).Find(seen);
        if (now.Folder?.Name != match.Folder?.Name)
        {
            HolderPlace.Leave(folder);
            return null;
        }

        return Open(folder, claim, turn, seen, now, notes, logger) with { WasCutOff = wasCutOff };
    }

    private ClaimedDisc Open(
        DiscFolder folder,
        FolderClaim claim,
        FolderClaim? turn,
        SeenDisc seen,
        Recognition match,
        AttemptNotes notes,
        ILogger logger)
    {
        folder.DeleteLeftovers();
        var isKnown = match.Folder is not null;
        var known = folder.LoadEvidence();
        if (match.UnsteadySector is not null && known is not null)
        {
            // What such a drive says is no evidence.
            (seen, match) = (seen with { Evidence = known }, match with { HasGrown = false, IsImageHollow = false });
        }

        foreach (var remark in Mend(folder, match, seen, isKnown, known).ToArray())
        {
            notes.Remark(remark);
            Log.Remark(logger, remark);
        }

        (notes.Question, notes.Answer, notes.Twin) = (match.Question, match.Answer, match.Twin(seen.Evidence.Uuid));
        turn?.EnsureHeld();
        var evidence = EvidenceKeeper.Join(known, seen.Evidence, match.HasGrown);
        // Before the evidence: what is cut off now would find a disc that has not grown, and is whole.
        var status = match.HasGrown ? SecondLook.Reopen(folder, folder.LoadStatus()) : folder.LoadStatus();
        folder.Store(evidence);
        var number = status?.Number is { Length: > 0 } has ? has : DiscNumbers.Claim(archive, folder.Name);
        var doubles = (status?.Doubles ?? []).Union(match.Doubles.Select(other => other.Name)).ToArray();
        var before = Begin(status, isKnown, number, evidence, notes.Started) with { Doubles = doubles.Length == 0 ? null : doubles };
        if (!isKnown || status is { Number: "" })
        {
            folder.Store(before);
        }

        if (isKnown)
        {
            Log.Duplicate(logger, folder.Name, number, string.Join(", ", before.RetryNodes));
        }
        else
        {
            Log.New(logger, number, folder.Name);
        }

        return new(folder, claim, folder.LoadListing() ?? Listing.Empty)
        {
            Evidence = evidence,
            EvidenceBefore = known,
            Before = before,
            HasGrown = match.HasGrown,
            UnsteadySector = match.UnsteadySector,
            Sources = match.Sources,
        };
    }

    /// <summary>Brings what lies in the folder into an order that the attempt can build upon.</summary>
    /// <returns>What was done, for the log.</returns>
    private IEnumerable<string> Mend(DiscFolder folder, Recognition match, SeenDisc seen, bool isKnown, DiscEvidence? known)
    {
        var now = clock.GetUtcNow();
        var isUnproven = isKnown && known is null;
        if (isUnproven)
        {
            PredecessorFolder.KeepDumps(folder, now);
        }

        return folder.SetAsideCorruptRecords(now)
            .Concat(match.Remarks(seen.Evidence.Uuid))
            .Concat(EvidenceKeeper.MendMap(folder, known, seen, match, now))
            .Concat(isUnproven && PredecessorFolder.PutMapAside(folder, now) is { } unproven ? [unproven] : [])
            .Concat(PredecessorFolder.KeepStatus(folder, now) is { } kept ? [kept] : []);
    }

    private DiscStatus Begin(
        DiscStatus? status, bool isKnown, string number, DiscEvidence evidence, DateTimeOffset started) => (PredecessorFolder.Weigh(status) ?? new()
        {
            Node = settings.NodeName,
            Status = StatusWords.Failed,
            Message = "The first attempt is under way, or was cut off.",
            Condition = DiscCondition.Unreadable,
            Number = number,
            Next = "Put the disc in again to go on.",
            Started = started,
        }) with
        {
            Number = number,
            Uuid = status?.Uuid ?? evidence.Uuid,
            VolumeName = status?.VolumeName ?? evidence.VolumeName,
            IsRetry = isKnown,
            RetryNodes = [.. (status?.RetryNodes ?? []).Append(settings.NodeName).Distinct()],
        };

    private string FreeName(DiscEvidence evidence, DateTimeOffset now)
    {
        var name = FolderName.For(evidence.Uuid, evidence.VolumeName, now);
        var free = name;
        for (var count = 2; IsTaken(free); count++)
        {
            free = $"{name}_{count}";
        }

        return free;
    }

    /// <summary>A folder in which nothing stands yet is being made right now, and claimed, or was left by a crash: both may be claimed.</summary>
    private bool IsTaken(string name) => archive.Disc(name) is { Exists: true, HoldsNothing: false };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "New disc {Number}: {Folder}")]
        public static partial void New(ILogger logger, string number, string folder);

        [LoggerMessage(LogLevel.Information, "DUPLICATE DETECTED: {Folder} (disc {Number}) is known; tried so far on: {Nodes}")]
        public static partial void Duplicate(ILogger logger, string folder, string number, string nodes);

        [LoggerMessage(LogLevel.Information, "Took over {Folder} from {Gone}, which ended or shows no life")]
        public static partial void TookOver(ILogger logger, string folder, string gone);

        [LoggerMessage(LogLevel.Information, "Waiting for {Folder}: {Rival} works on it")]
        public static partial void Waiting(ILogger logger, string folder, string rival);

        [LoggerMessage(LogLevel.Warning, "{Remark}")]
        public static partial void Remark(ILogger logger, string remark);
    }
}
