namespace CdBackuper.Drives;

/// <summary>
/// Whether a disc that comes back into the drive it was ejected from is to be handled again. A person takes time to clean
/// it; a tray that closes itself does not. Since nobody can tell a slow tray from a quick person, each return of the same
/// disc must have been away twice as long as the one before, so that no tray starts the same import again and again.
/// </summary>
internal static class ReturnRule
{
    private static readonly TimeSpan FirstAbsence = TimeSpan.FromSeconds(10);

    private const int MaxDoublings = 12;

    /// <param name="isSameDisc">True when the disc reads as the one that was ejected.</param>
    /// <param name="away">How long ago the tray was opened.</param>
    /// <param name="returns">How many times in a row this same disc came back and was handled.</param>
    public static bool IsToBeHandled(bool isSameDisc, TimeSpan away, int returns) =>
        !isSameDisc || away >= AbsenceNeeded(returns);

    /// <returns>How long the disc must be out of the drive to be handled again.</returns>
    public static TimeSpan AbsenceNeeded(int returns) => FirstAbsence * (1 << Math.Min(returns, MaxDoublings));
}
