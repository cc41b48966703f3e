namespace CdBackuper.Media.Rescue;

/// <summary>Decides the next pass from facts alone: no clock, no disk, no drive.</summary>
public static class RescuePlan
{
    /// <returns>The next pass. Ends after at most one copy and one scrape pass.</returns>
    public static RescuePass Next(RescueFacts facts) => facts switch
    {
        { Tally.IsComplete: true } => new RescuePass.Finish("every sector was read"),
        { TimeLeft.Ticks: <= 0 } => new RescuePass.Finish("the time for this disc in this drive is used up"),
        { ScrapePasses: > 0 } => new RescuePass.Finish("what is left did not read in this drive"),
        { Tally.NonTried: > 0, CopyPasses: 0 } => new RescuePass.Copy(),

        // Another drive may read what the last one could not, so a retry tries bad sectors at least once.
        _ => new RescuePass.Scrape(facts.IsRetry ? Math.Max(1, facts.Retries) : facts.Retries),
    };
}
