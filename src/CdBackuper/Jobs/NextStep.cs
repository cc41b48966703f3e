using CdBackuper.Archive.Format;

namespace CdBackuper.Jobs;

/// <summary>What to do with a disc of which something is missing: decided from the records of attempts alone.</summary>
/// <param name="Words">For people.</param>
/// <param name="Chance">How likely it wins something, 0 to 1: a rough guess, to sort by.</param>
/// <param name="IsGivenUp">True where nothing is known that is likely to help.</param>
internal sealed record NextStep(string Words, double Chance, bool IsGivenUp = false)
{
    /// <summary>Every attempt in vain halves the hope for the next.</summary>
    private const double Discouragement = 0.5;

    /// <param name="attempts">The attempts on this disc, in order.</param>
    /// <param name="drives">The drives that are known, the most helpful first.</param>
    public static NextStep Of(IReadOnlyList<AttemptRecord> attempts, IReadOnlyList<DriveHistory> drives)
    {
        if (attempts.Count == 0)
        {
            return new("Put it in again: no attempt on it has come to its end yet.", 0.9);
        }

        if (IsBrokenOff(attempts[^1]))
        {
            return new("Put it in again: the last attempt was broken off, and goes on from there.", 0.9);
        }

        var last = attempts[^1];
        if (last.SectorsWon > 0 && last.Passes is [.., { Ended: PassEnds.TimeUsedUp }])
        {
            return new("Put it in again: its time was used up while it still won something, and it goes on from there.", 0.8);
        }

        var finished = attempts.Where(attempt => !IsBrokenOff(attempt)).ToArray();
        var inVain = finished.Reverse().TakeWhile(attempt => attempt.SectorsWon == 0).Count();
        var hope = Math.Pow(Discouragement, inVain);
        var tried = attempts.Select(DriveKey.Of).ToArray();
        var clean = finished.Length == 1 ? "Clean it, and put it into" : "Put it into";
        return drives.FirstOrDefault(history => !tried.Any(history.Drive.IsSameDrive)) is { } untried
            ? new($"{clean} {untried.Drive}, which has not tried it{Praise(untried)}.", untried.Chance * hope)
            : Again(finished, inVain, hope);
    }

    private static NextStep Again(AttemptRecord[] finished, int inVain, double hope)
    {
        if (finished.Length == 1)
        {
            return new("Clean it, and put it in again, best into another drive.", 0.4 * hope);
        }

        var count = finished.Select(DriveKey.Of).DistinctBy(drive => drive.Place).Count();
        if (inVain >= 2)
        {
            var drives = count == 1 ? "one drive" : $"{count} drives";
            return new(
                $"Give it up with what is missing, or find a drive that has not tried it: {finished.Length} attempts in {drives}, the last {inVain} won nothing.",
                0.1 * hope,
                IsGivenUp: true);
        }

        // The first attempt wins nearly all whatever the drive; what came later tells them apart.
        var best = finished.Skip(1).GroupBy(attempt => DriveKey.Of(attempt).Place)
            .MaxBy(group => group.Sum(attempt => attempt.SectorsWon))!;
        var won = best.Sum(attempt => attempt.SectorsWon);
        return new(
            $"Turn it a quarter, and put it into {DriveKey.Of(best.Last())}{(won > 0 ? $", which won {won} of the missing sectors so far" : "")}.",
            0.4 * hope);
    }

    private static string Praise(DriveHistory history) => history.Tries == 0 ? ""
        : $" and helped in {history.Helped} of {history.Tries} tries of discs that others had read";

    /// <returns>True for an attempt that ended before it was through with the disc.</returns>
    public static bool IsBrokenOff(AttemptRecord attempt) =>
        Enum.TryParse<DiscEnd>(attempt.Outcome, ignoreCase: true, out var end)
        && end is DiscEnd.Interrupted or DiscEnd.DriveFailed or DiscEnd.ArchiveFailed;
}
