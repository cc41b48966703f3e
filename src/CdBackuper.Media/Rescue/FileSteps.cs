using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>
/// Piece by piece, what decides whether a damaged file can be whole in this drive. A file that has a sector which did not read
/// at any try can't be: what else it misses waits until all those that still may be whole have had their turn. One piece of
/// each file is read in one pass, in the order of the disc, since each start of ddrescue costs a second.
/// </summary>
internal static class FileSteps
{
    /// <summary>So many parts a file's piece is of what its holes may cost: large files are not done sector by sector.</summary>
    private const int Parts = 8;

    /// <summary>So many sectors at least a pass asks for, if the files have them.</summary>
    private const int LeastSectors = 8;

    /// <summary>The lane of what was passed over; those before it and itself mostly read.</summary>
    private const int Passed = 1;

    // in the order in which a piece goes through them
    private enum Kind
    {
        Sweep,
        Trim,
        Scrape,
        Retry,
    }

    /// <param name="facts">All facts.</param>
    /// <param name="open">What is unread and can be asked for.</param>
    /// <param name="lastRound">The round after which a sector is given up, and its file with it.</param>
    /// <returns>Null where no damaged file is left that may be whole after a further piece. Likely is what mostly reads.</returns>
    public static (RescuePass Pass, bool IsLikely)? Next(RescueFacts facts, ByteSet open, int lastRound)
    {
        var history = new History(facts, lastRound);
        var steps = facts.Needs.Files
            .Select(file => (File: file, Step: history.StepOf(file.Holes.Intersect(open))))
            .Where(next => next.Step is not null)
            .Select(next => (next.File, Step: next.Step!))
            .ToArray();

        var lanes = steps.GroupBy(next => (Lane: LaneOf(next.File, next.Step), next.File.Worth)).ToArray();
        if (lanes.Length == 0)
        {
            return null;
        }

        // Those that are furthest first, so that all of them come to their next piece together.
        var lane = lanes.MinBy(lane => lane.Key)!;
        var group = lane.GroupBy(next => (next.Step.Kind, next.Step.Round)).MaxBy(group => group.Key)!.ToArray();
        return (PassOf(facts, group), lane.Key.Lane <= Passed);
    }

    private static RescuePass PassOf(RescueFacts facts, (DamagedFile File, Step Step)[] group)
    {
        var (file, step) = group[0];
        return step.Kind is Kind.Sweep or Kind.Trim
            ? new RescuePass.Copy(RescueAim.Files, Pieces(group)) { Trims = step.Kind == Kind.Trim }
            : RescueRounds.ScrapeOf(facts, new(RescueAim.Files, group.Max(next => next.File.Size), file.Worth), Pieces(group), step.Round, group.Length);
    }

    /// <summary>
    /// First what mostly only has a hurt neighbour, and what was passed over without a failed read beside it: nearly nothing is
    /// asked for with more success. Then files of some seconds before those of many minutes.
    /// </summary>
    private static int LaneOf(DamagedFile file, Step step) => (file.Size, step.Kind) switch
    {
        (HoleSize.Shared, Kind.Trim) => 0,
        (_, Kind.Sweep) => Passed,
        (HoleSize.Shared or HoleSize.Tiny or HoleSize.Small, _) => 2,
        (HoleSize.Medium, _) => 3,
        _ => 4,
    };

    private static ByteSet Pieces((DamagedFile File, Step Step)[] group)
    {
        var least = (LeastSectors + group.Length - 1) / group.Length;
        return ByteSet.Of(group.SelectMany(next =>
        {
            var most = Math.Max(least, next.File.Cost / Parts);
            return next.Step.Kind == Kind.Sweep ? next.Step.Holes : next.Step.Kind == Kind.Trim
                ? next.Step.Holes.SelectMany(Reads).Take((int)Math.Min(most, int.MaxValue))
                : Sectors(next.Step.Holes, most);
        }));
    }

    /// <summary>As large reads, each of which failed; ddrescue may have put those that lie side by side into one block.</summary>
    private static IEnumerable<ByteRange> Reads(ByteRange run)
    {
        const long size = RescueNeeds.ReadSectors * Sector.Size;
        for (var start = run.Start; start < run.End; start += size)
        {
            yield return new(start, Math.Min(size, run.End - start));
        }
    }

    private static IEnumerable<ByteRange> Sectors(ByteSet set, long most)
    {
        foreach (var run in set)
        {
            if (most <= 0)
            {
                yield break;
            }

            var length = Math.Min(run.Length, most * Sector.Size);
            most -= Sector.Count(length);
            yield return new(run.Start, length);
        }
    }

    /// <summary>What a file is asked for next.</summary>
    /// <param name="Kind">How.</param>
    /// <param name="Round">Of a retry; 0 else.</param>
    /// <param name="Holes">All of the file that could be asked for so; not empty.</param>
    private sealed record Step(Kind Kind, int Round, ByteSet Holes);

    /// <summary>What was asked for in this attempt.</summary>
    private sealed class History
    {
        private readonly ByteSet bad;
        private readonly ByteSet failed;
        private readonly ByteSet unscraped;
        private readonly ByteSet untried;
        private readonly int firstRound;

        // by round
        private readonly ByteSet[] asked;

        public History(RescueFacts facts, int lastRound)
        {
            var map = facts.Map;
            bad = map.Of(BlockStatus.BadSector);
            failed = map.Of(BlockStatus.NonTrimmed).Except(RescueRounds.CopiedForFiles(facts, copy => copy.Trims));
            firstRound = facts.IsRetry ? 0 : 1;
            asked = [.. Enumerable.Range(0, lastRound + 1).Select(round => RescueRounds.AskedIn(facts, round))];
            unscraped = map.Of(BlockStatus.NonScraped).Except(asked[0]);
            untried = facts.Domain.Union(facts.Needs.All).Except(map.Tried).Except(RescueRounds.CopiedForFiles(facts, _ => true));
        }

        public Step? StepOf(ByteSet holes)
        {
            var hurt = holes.Intersect(bad);
            if (!hurt.IsEmpty)
            {
                return RetryOf(hurt);
            }

            return One(Kind.Trim, failed) ?? One(Kind.Scrape, unscraped) ?? One(Kind.Sweep, untried);

            Step? One(Kind kind, ByteSet what) => holes.Intersect(what) is { IsEmpty: false } some ? new(kind, 0, some) : null;
        }

        /// <summary>Those first that were tried most: when they are through, all of the file may be.</summary>
        private Step? RetryOf(ByteSet hurt)
        {
            for (var round = asked.Length - 1; round >= firstRound; round--)
            {
                if (hurt.Intersect(asked[round]) is { IsEmpty: false } some)
                {
                    return round == asked.Length - 1 ? null : new(Kind.Retry, round + 1, some);
                }
            }

            return firstRound < asked.Length ? new(Kind.Retry, firstRound, hurt) : null;
        }
    }
}
