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

    /// <summary>A drive that gives up at a disc so often does so again: some hang at what others read.</summary>
    private const int FailuresOfDrive = 2;

    /// <param name="attempts">The attempts on this disc, in order.</param>
    /// <param name="drives">The drives that are known, the most helpful first.</param>
    public static NextStep Of(IReadOnlyList<AttemptRecord> attempts, IReadOnlyList<DriveHistory> drives)
    {
        if (attempts.Count == 0)
        {
            return new("Put it in again: no attempt on it has come to its end yet.", 0.9);
        }

        var failures = attempts.Reverse().TakeWhile(attempt => attempt.SectorsWon == 0 && attempt.Outcome == Jobs.Words.Of(DiscEnd.DriveFailed)).Count();
        if (failures >= FailuresOfDrive || attempts[^1].DriveLies == true)
        {
            return Elsewhere(attempts, drives, failures);
        }

        if (IsBrokenOff(attempts[^1]))
        {
            return GoOn(attempts);
        }

        var last = attempts[^1];
        if (last.SectorsWon > 0 && last.Passes is [.., { Ended: PassEnds.TimeUsedUp }])
        {
            return new("Put it in again: its time was used up while it still won something, and it goes on from there.", 0.8);
        }

        if (last.SectorsUnread == 0 && last.Outcome == Jobs.Words.Of(DiscEnd.Damaged) && !attempts.Any(DriveKey.IsOfDevice))
        {
            return new("All of the image was read, and what is missing is not in it: it is cut off, or was made without that. A whole copy is needed.", 0.1);
        }

        var finished = attempts.Where(attempt => !IsBrokenOff(attempt)).ToArray();
        var inVain = finished.Reverse().TakeWhile(attempt => attempt.SectorsWon == 0).Count();
        var hope = Math.Pow(Discouragement, inVain);
        var clean = finished.Length == 1 ? "Clean it, and put it into" : "Put it into";
        return Untried(attempts, drives) is { } untried
            ? new($"{clean} {untried.Drive}, which has not tried it{Praise(untried)}.", untried.Chance * hope)
            : Again(finished, inVain, hope);
    }

    /// <returns>The most helpful drive that has not tried the disc; null for none.</returns>
    private static DriveHistory? Untried(IReadOnlyList<AttemptRecord> attempts, IReadOnlyList<DriveHistory> drives)
    {
        var tried = attempts.Select(DriveKey.Of).ToArray();
        return drives.FirstOrDefault(history => !tried.Any(history.Drive.IsSameDrive));
    }

    private static NextStep Elsewhere(IReadOnlyList<AttemptRecord> attempts, IReadOnlyList<DriveHistory> drives, int failures)
    {
        var hope = Math.Pow(Discouragement, failures - 1);
        var why = attempts[^1].DriveLies == true ? $"what {DriveKey.Of(attempts[^1])} reads can't be trusted"
            : $"the last {failures} attempts won nothing and ended since a drive failed";
        return Untried(attempts, drives) is { } untried
            ? new($"Put it into {untried.Drive}, which has not tried it{Praise(untried)}: {why}.", untried.Chance * hope)
            : new($"Clean it, and find a drive that has not tried it: {why}.", 0.4 * hope);
    }

    /// <summary>An archive that failed is seen to first; and where nothing was read yet there is nothing to go on from.</summary>
    private static NextStep GoOn(IReadOnlyList<AttemptRecord> attempts)
    {
        var first = attempts[^1].Outcome == Jobs.Words.Of(DiscEnd.ArchiveFailed)
            ? "See that the archive is there, has room and can be written to, and put it in again"
            : "Put it in again";
        return new(
            attempts.Any(attempt => attempt.SectorsWon > 0)
                ? $"{first}: the last attempt was broken off, and goes on from there."
                : $"{first}: the last attempt was broken off before it read anything.",
            0.9);
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

        if (!finished.Any(DriveKey.IsOfDevice))
        {
            return new("Import it again, best another copy of it.", 0.4 * hope);
        }

        // The first attempt wins nearly all whatever the drive; what came later tells them apart.
        var best = finished.Skip(1).GroupBy(attempt => DriveKey.Of(attempt).Place)
            .MaxBy(group => group.Sum(attempt => attempt.SectorsWon))!;
        var won = best.Sum(attempt => attempt.SectorsWon);
        var where = DriveKey.IsOfDevice(best.Last())
            ? $"into {DriveKey.Of(best.Last())}{(won > 0 ? $", which won {won} of the missing sectors so far" : "")}"
            : "in again";
        return new($"Turn it a quarter, and put it {where}.", 0.4 * hope);
    }

    private static string Praise(DriveHistory history) => history.Tries == 0 ? ""
        : $" and helped in {history.Helped} of {history.Tries} tries of discs that others had read";

    /// <returns>True for an attempt that ended before it was through with the disc.</returns>
    public static bool IsBrokenOff(AttemptRecord attempt) =>
        Enum.TryParse<DiscEnd>(attempt.Outcome, ignoreCase: true, out var end)
        && end is DiscEnd.Interrupted or DiscEnd.DriveFailed or DiscEnd.ArchiveFailed;
}
