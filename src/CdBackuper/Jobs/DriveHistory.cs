using CdBackuper.Archive.Format;

namespace CdBackuper.Jobs;

/// <summary>What a drive won of discs that others had tried before.</summary>
/// <param name="Drive">The drive, at the place where it was last.</param>
/// <param name="Tries">How many attempts it made on discs of which something was missing.</param>
/// <param name="Helped">In how many of these it read something that was missing.</param>
internal sealed record DriveHistory(DriveKey Drive, int Tries, int Helped)
{
    /// <summary>How likely it helps, by its history; a drive without one is given one half.</summary>
    public double Chance => (Helped + 1.0) / (Tries + 2.0);

    /// <param name="discs">The attempts on each disc, in order.</param>
    /// <returns>
    /// Every drive that reads true discs, those that helped most often first. Files that behave like discs are no drives, and one that made up what it
    /// read is none to be named.
    /// </returns>
    public static IReadOnlyList<DriveHistory> Of(IEnumerable<IReadOnlyList<AttemptRecord>> discs)
    {
        var (histories, liars) = (new List<DriveHistory>(), new List<DriveKey>());
        foreach (var attempts in discs)
        {
            for (var index = 0; index < attempts.Count; index++)
            {
                if (DriveKey.IsOfDevice(attempts[index]))
                {
                    liars.AddRange(attempts[index].DriveLies == true ? [DriveKey.Of(attempts[index])] : Array.Empty<DriveKey>());
                    Add(histories, attempts[index], isFurtherTry: index > 0 && attempts[index - 1].SectorsUnread > 0);
                }
            }
        }

        return [.. histories.Where(history => !liars.Any(history.Drive.IsSameDrive)).OrderByDescending(history => history.Chance).ThenBy(history => history.Drive.Place, StringComparer.Ordinal)];
    }

    private static void Add(List<DriveHistory> histories, AttemptRecord attempt, bool isFurtherTry)
    {
        var drive = DriveKey.Of(attempt);
        var index = histories.FindIndex(history => history.Drive.IsSameDrive(drive));
        if (index < 0)
        {
            index = histories.Count;
            histories.Add(new(drive, 0, 0));
        }

        var before = histories[index];
        histories[index] = new(
            drive, before.Tries + (isFurtherTry ? 1 : 0), before.Helped + (isFurtherTry && attempt.SectorsWon > 0 ? 1 : 0));
    }
}
