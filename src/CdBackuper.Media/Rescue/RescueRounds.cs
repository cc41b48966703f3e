using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>
/// The tries at what is worth it: folders, then each file piece by piece as long as it may be whole (<see cref="FileSteps"/>), then
/// all that is left, sector by sector. Round 0 is the first try of an attempt, each further one a retry in the other direction.
/// Of what is left the cheap comes first, and a retry counts four times as much as the try before it: so a document has had its
/// retries before an hour goes to a film, and the film its first try before the last retries.
/// </summary>
internal static class RescueRounds
{
    private const int RetryWeight = 4;

    /// <summary>
    /// Before round 0: in large reads what the copy of the disc passed over, so that it is known what really fails before sector
    /// after sector is tried.
    /// </summary>
    private const int Sweep = -1;

    /// <returns>Null when there is nothing more to try, or it is not worth it.</returns>
    public static RescuePass? Next(RescueFacts facts, ByteSet open, ByteSet needed)
    {
        var turns = Lanes.SelectMany(lane => Enumerable.Range(Sweep, Math.Max(1, RetryYield.MostRounds(facts)) + 1 - Sweep)
                .Select(round => (lane.Target, Round: round, Weight: lane.Weight * Math.Pow(RetryWeight, round))))
            .OrderBy(turn => turn.Weight)
            .Select(turn => (turn.Target, turn.Round))
            .ToArray();

        // Folders tell of files.
        var folders = turns.Where(turn => turn.Target.Aim == RescueAim.Structures && turn.Round <= RetryYield.SureRounds(facts));
        if (Turn(facts, open, needed, folders) is { } pass)
        {
            return pass;
        }

        var step = Steps(facts, open);
        return (step is { IsLikely: true } ? step.Value.Pass : null) ?? Back(facts, open.Except(needed)) ?? step?.Pass
            ?? Turn(facts, open, needed, turns);
    }

    private static RescuePass? Turn(RescueFacts facts, ByteSet open, ByteSet needed, IEnumerable<(RescueTarget Target, int Round)> turns)
    {
        var asked = new Dictionary<int, ByteSet>();
        foreach (var (target, round) in turns.Where(turn => RetryYield.IsWorthwhile(facts, turn.Target, turn.Round)))
        {
            // Each sector once in a round, also where its file now misses less and is of another group.
            if (!asked.TryGetValue(round, out var before))
            {
                asked[round] = before = round switch
                {
                    Sweep => facts.Map.Tried.Union(CopiedForFiles(facts, _ => true)),

                    // What was found bad in this attempt had its first try.
                    0 when !facts.IsRetry => AskedIn(facts, 0).Union(facts.Map.Of(BlockStatus.BadSector)),
                    _ => AskedIn(facts, round),
                };
            }

            if (Passes(facts, open.Except(before), needed, target, round).FirstOrDefault() is { } pass)
            {
                return round == Sweep ? new RescuePass.Copy(RescueAim.Files, pass.Domain) : pass;
            }
        }

        return null;
    }

    /// <summary>Each file as far as it goes with the retries that any sector gets, then with one more while the last one won something.</summary>
    private static (RescuePass Pass, bool IsLikely)? Steps(RescueFacts facts, ByteSet open)
    {
        for (var last = RetryYield.SureRounds(facts); last <= RetryYield.MostRounds(facts); last++)
        {
            if (last > RetryYield.SureRounds(facts) && !RetryYield.HasWonEnough(facts, last - 1))
            {
                return null;
            }

            if (FileSteps.Next(facts, open, last) is { } step)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>
    /// What was passed over and seems to be nobody's is read from its end: another session may lie there, whose files nobody
    /// knows yet. Once each place.
    /// </summary>
    private static RescuePass.Copy? Back(RescueFacts facts, ByteSet unowned)
    {
        var asked = facts.Passes.Select(outcome => outcome.Pass).OfType<RescuePass.Copy>()
            .Where(copy => copy.Aim == RescueAim.Rest)
            .SelectMany(copy => copy.Domain);
        var places = unowned.Except(facts.Map.Tried).Except(facts.Padding).Except(ByteSet.Of(asked));
        return places.IsEmpty ? null : new(RescueAim.Rest, places);
    }

    /// <summary>False where what no file owns may be a file's all the same, or the image itself is wanted: then it is like a file.</summary>
    public static bool HasRestLimit(RescueFacts facts) =>
        facts.RestLimit is not null && facts.Needs is { IsKnown: true, IsComplete: true };

    public static string WhyNoMore(RescueFacts facts, ByteSet open, ByteSet needed)
    {
        var wanted = HasRestLimit(facts) ? open.Intersect(needed) : open.Except(facts.Padding);
        if (wanted.IsEmpty)
        {
            return $"all that files and folders need was read; {RescuePlan.Count(open.SectorCount, "sector", "sectors")} of no file did not read";
        }

        foreach (var (target, _) in Lanes)
        {
            var done = RetryYield.Rounds(facts, RetryYield.Like(target));
            var next = done.Count == 0 ? 0 : done.Keys.Max() + 1;
            if (next > 2 && next <= facts.Retries && !RetryYield.IsWorthwhile(facts, target, next))
            {
                var (won, duration) = RetryYield.LastTwo(done, next);
                return won == 0 ? "reading what is left again, from both ends, won nothing"
                    : string.Create(CultureInfo.InvariantCulture, $"reading on wins too little: {RescuePlan.Count(won, "sector", "sectors")} in {Math.Max(1, duration.TotalMinutes):0} minutes");
            }
        }

        return "what is left did not read in this drive";
    }

    /// <summary>What is tried, and what a first try of it weighs: about how many reads fail before one file is through.</summary>
    private static IEnumerable<(RescueTarget Target, double Weight)> Lanes =>
    [
        (new(RescueAim.Structures), 0.5),
        (new(RescueAim.Files, HoleSize.Shared), 1),
        (new(RescueAim.Files, HoleSize.Tiny), 2),
        (new(RescueAim.Files, HoleSize.Small), 16),
        (new(RescueAim.Files, HoleSize.Medium), 128),
        (new(RescueAim.Files, HoleSize.Large), 1024),
        (new(RescueAim.Disc), 4096),
        (new(RescueAim.Rest), 4096),
    ];

    /// <returns>What large reads for files, and of these those that are meant, asked for in this attempt.</returns>
    public static ByteSet CopiedForFiles(RescueFacts facts, Func<RescuePass.Copy, bool> isMeant) => ByteSet.Of(facts.Passes
        .Select(outcome => outcome.Pass)
        .OfType<RescuePass.Copy>()
        .Where(copy => copy.Aim == RescueAim.Files && isMeant(copy))
        .SelectMany(copy => copy.Domain));

    /// <returns>What was asked for in one round of this attempt.</returns>
    public static ByteSet AskedIn(RescueFacts facts, int round) => ByteSet.Of(facts.Passes
        .Select(outcome => outcome.Pass)
        .OfType<RescuePass.Scrape>()
        .Where(scrape => scrape.Round == round && scrape.Limit is null)
        .SelectMany(scrape => scrape.Domain));

    /// <returns>One pass of a round.</returns>
    public static RescuePass.Scrape ScrapeOf(RescueFacts facts, RescueTarget target, ByteSet domain, int round, int files) => new(target, domain)
    {
        Files = files,
        Round = round,

        // Another drive may read what the last one could not, so a retry tries bad sectors at least once.
        Retries = round > 0 || facts.IsRetry ? 1 : 0,
    };

    /// <param name="facts">All facts.</param>
    /// <param name="open">What is unread, and was not asked for in this round.</param>
    /// <param name="needed">What files and folders need.</param>
    /// <param name="lane">The aim, and of files the size.</param>
    /// <param name="round">The round.</param>
    private static IEnumerable<RescuePass.Scrape> Passes(RescueFacts facts, ByteSet open, ByteSet needed, RescueTarget lane, int round)
    {
        RescuePass.Scrape Of(RescueTarget target, ByteSet domain, int files = 0) => ScrapeOf(facts, target, domain, round, files);

        var passes = lane.Aim switch
        {
            RescueAim.Structures => [Of(lane, facts.Needs.Structures.Intersect(open))],
            RescueAim.Files => facts.Needs.Files
                .Where(file => file.Size == lane.Size)
                .Select(file => file with { Holes = file.Holes.Intersect(open), Cost = file.Cost })
                .Where(file => !file.Holes.IsEmpty)
                .GroupBy(file => file.Worth)
                .OrderBy(group => group.Key)
                .Select(group => Of(lane with { Worth = group.Key }, ByteSet.Of(group.SelectMany(file => file.Holes)), group.Count())),
            _ when HasRestLimit(facts) || facts.Needs.IsKnown == (lane.Aim == RescueAim.Disc) => [],
            _ => (IEnumerable<RescuePass.Scrape>)[Of(lane, open.Except(needed).Except(facts.Padding))],
        };
        return passes.Where(pass => !pass.Domain.IsEmpty);
    }
}
