namespace CdBackuper.Media.Rescue;

/// <summary>Whether a further retry is worth it, by what the ones before won.</summary>
internal static class RetryYield
{
    /// <summary>So many times <see cref="RescueFacts.Retries"/> rounds may be made while each wins something.</summary>
    private const int MostTimes = 3;

    /// <summary>Retries that every sector gets, whatever the ones before won: one from each side.</summary>
    private const int Both = 2;

    /// <returns>The last round that may be made while each before it wins something.</returns>
    public static int MostRounds(RescueFacts facts) => MostTimes * facts.Retries;

    /// <returns>The last round that every sector gets; 0 where none is tried again.</returns>
    public static int SureRounds(RescueFacts facts) => Math.Min(Wanted(facts), Both);

    /// <returns>True when that round of all damaged files together won something, and enough for its time.</returns>
    public static bool HasWonEnough(RescueFacts facts, int round) =>
        IsEnough(facts, Rounds(facts, target => target.Aim == RescueAim.Files).GetValueOrDefault(round));

    /// <summary>
    /// As many retries as are wanted; the first two, one in each direction, always, later ones while two together win something
    /// and enough. Past that each round that wins something earns another, up to three times as many: sectors that read at the
    /// fourth try are no rarer than those that read at the third.
    /// </summary>
    public static bool IsWorthwhile(RescueFacts facts, RescueTarget target, int round)
    {
        var wanted = Wanted(facts);
        if (round <= SureRounds(facts))
        {
            return true;
        }

        var rounds = Rounds(facts, Like(target));
        return round <= wanted
            ? IsEnough(facts, LastTwo(rounds, round))
            : round <= MostRounds(facts) && IsEnough(facts, rounds.GetValueOrDefault(round - 1));
    }

    /// <returns>What the two rounds before <paramref name="round"/>, one from each side, won together.</returns>
    public static (long Won, TimeSpan Duration) LastTwo(Dictionary<int, (long Won, TimeSpan Duration)> rounds, int round)
    {
        var (first, second) = (rounds.GetValueOrDefault(round - 2), rounds.GetValueOrDefault(round - 1));
        return (first.Won + second.Won, first.Duration + second.Duration);
    }

    /// <returns>Whether a target has the same aim and size.</returns>
    public static Func<RescueTarget, bool> Like(RescueTarget lane) => target => (target.Aim, target.Size) == (lane.Aim, lane.Size);

    /// <returns>By round, what all passes for such targets won.</returns>
    public static Dictionary<int, (long Won, TimeSpan Duration)> Rounds(RescueFacts facts, Func<RescueTarget, bool> isMeant)
    {
        var rounds = new Dictionary<int, (long Won, TimeSpan Duration)>();
        foreach (var outcome in facts.Passes)
        {
            if (outcome.Pass is RescuePass.Scrape { Limit: null } scrape && isMeant(scrape.Target))
            {
                var (won, duration) = rounds.GetValueOrDefault(scrape.Round);
                rounds[scrape.Round] = (won + outcome.SectorsWon, duration + outcome.Duration);
            }
        }

        return rounds;
    }

    private static bool IsEnough(RescueFacts facts, (long Won, TimeSpan Duration) rounds) =>
        rounds.Won > 0 && rounds.Won >= facts.MinYield * rounds.Duration.TotalHours;

    /// <summary>The first try of what another drive did not read is one of them.</summary>
    private static int Wanted(RescueFacts facts) => facts.IsRetry ? Math.Max(1, facts.Retries) - 1 : facts.Retries;
}
