namespace CdBackuper.Notices.Outbox;

/// <summary>How long to wait before a target that took nothing is tried again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A server that asks for a longer pause is misread or wrong; it is asked again then.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="failures">How many times in a row it took nothing, from 1.</param>
    /// <param name="asked">How long the target asked to wait; null where it did not.</param>
    /// <param name="chance">0 to 1, by chance: several nodes do not come back at one moment.</param>
    /// <returns>1, 2, 4 ... 300 s and up to a tenth more, and never less than was asked.</returns>
    public static TimeSpan Pause(int failures, TimeSpan? asked, double chance)
    {
        var own = First * Math.Pow(2, Math.Min(failures - 1, 20));
        var pause = (own < Longest ? own : Longest) * (1 + (0.1 * chance));
        var least = asked is { } time ? (time < LongestAsked ? time : LongestAsked) + TimeSpan.FromMilliseconds(250 * chance) : TimeSpan.Zero;
        return pause > least ? pause : least;
    }
}
