using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>
/// The tries, sector by sector, at what is worth it: round 0 is the first try of an attempt, each further one a retry in the
/// other direction. Within a round folders come first at first, since they tell of files, and last later.
/// </summary>
internal static class RescueRounds
{
    /// <returns>Null when there is nothing more to try, or it is not worth it.</returns>
    public static RescuePass.Scrape? Next(RescueFacts facts, ByteSet open, ByteSet needed)
    {
        for (var round = 0; round <= LastRound(facts) && IsWorthwhile(facts, round); round++)
        {
            // Each sector once in a round, also where its file now misses less and is of another group.
            var asked = facts.Passes.Select(outcome => outcome.Pass).OfType<RescuePass.Scrape>()
                .Where(scrape => scrape.Round == round)
                .SelectMany(scrape => scrape.Domain);
            if (Passes(facts, open.Except(ByteSet.Of(asked)), needed, round).FirstOrDefault() is { } pass)
            {
                return pass;
            }
        }

        return null;
    }

    /// <summary>False where what no file owns may be a file's all the same, or the image itself is wanted: then it is like a file.</summary>
    public static bool HasRestLimit(RescueFacts facts) =>
        facts.RestLimit is not null && facts.Needs is { IsKnown: true, IsComplete: true };

    public static string WhyNoMore(RescueFacts facts, ByteSet open, ByteSet needed)
    {
        var wanted = HasRestLimit(facts) ? open.Intersect(needed) : open.Except(facts.Needs.PaddingOf(open));
        if (wanted.IsEmpty)
        {
            return $"all that files and folders need was read; {RescuePlan.Count(open.SectorCount, "sector", "sectors")} of no file did not read";
        }

        var next = Rounds(facts).Count == 0 ? 0 : Rounds(facts).Keys.Max() + 1;
        if (next > LastRound(facts) || IsWorthwhile(facts, next))
        {
            return "what is left did not read in this drive";
        }

        var (won, duration) = LastTwo(facts, next);
        return won == 0 ? "reading what is left again, from both ends, won nothing"
            : string.Create(CultureInfo.InvariantCulture, $"reading on wins too little: {RescuePlan.Count(won, "sector", "sectors")} in {Math.Max(1, duration.TotalMinutes):0} minutes");
    }

    private static int LastRound(RescueFacts facts) => facts.IsRetry ? Math.Max(1, facts.Retries) - 1 : facts.Retries;

    private static IEnumerable<RescuePass.Scrape> Passes(RescueFacts facts, ByteSet open, ByteSet needed, int round)
    {
        RescuePass.Scrape Of(RescueTarget target, ByteSet domain, int files = 0) => new(target, domain)
        {
            Files = files,
            Round = round,

            // Another drive may read what the last one could not, so a retry tries bad sectors at least once.
            Retries = round > 0 || facts.IsRetry ? 1 : 0,
        };

        var structures = facts.Needs.Structures.Intersect(open);
        var passes = facts.Needs.Files
            .Select(file => file with { Holes = file.Holes.Intersect(open) })
            .Where(file => !file.Holes.IsEmpty)
            .GroupBy(file => new RescueTarget(RescueAim.Files, file.Size, file.Worth))
            .OrderBy(group => group.Key.Size)
            .ThenBy(group => group.Key.Worth)
            .Select(group => Of(group.Key, ByteSet.Of(group.SelectMany(file => file.Holes)), group.Count()))
            .ToList();
        passes.Insert(round == 0 ? 0 : passes.Count, Of(new(RescueAim.Structures), structures));
        if (!HasRestLimit(facts))
        {
            var rest = open.Except(needed).Except(facts.Needs.PaddingOf(open));
            passes.Add(Of(new(facts.Needs.IsKnown ? RescueAim.Rest : RescueAim.Disc), rest));
        }

        return passes.Where(pass => !pass.Domain.IsEmpty);
    }

    /// <summary>Two retries, one in each direction, always get their chance; then they must win something, and enough.</summary>
    private static bool IsWorthwhile(RescueFacts facts, int round)
    {
        if (round < 3)
        {
            return true;
        }

        var (won, duration) = LastTwo(facts, round);
        return won > 0 && won >= facts.MinYield * duration.TotalHours;
    }

    private static (long Won, TimeSpan Duration) LastTwo(RescueFacts facts, int round)
    {
        var rounds = Rounds(facts);
        var (won, duration) = (0L, TimeSpan.Zero);
        for (var earlier = round - 2; earlier < round; earlier++)
        {
            var (sectors, time) = rounds.GetValueOrDefault(earlier);
            (won, duration) = (won + sectors, duration + time);
        }

        return (won, duration);
    }

    private static Dictionary<int, (long Won, TimeSpan Duration)> Rounds(RescueFacts facts)
    {
        var rounds = new Dictionary<int, (long Won, TimeSpan Duration)>();
        foreach (var outcome in facts.Passes)
        {
            if (outcome.Pass is RescuePass.Scrape { Limit: null } scrape)
            {
                var (won, duration) = rounds.GetValueOrDefault(scrape.Round);
                rounds[scrape.Round] = (won + outcome.SectorsWon, duration + outcome.Duration);
            }
        }

        return rounds;
    }
}
