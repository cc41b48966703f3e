namespace CdBackuper.Drives;

/// <summary>
/// Whether a disc that comes back into the drive it was ejected from is to be handled again. A person takes seconds to
/// take it out and put it, or its twin, back; a tray that something closes takes less. Drives can't tell them apart. Since
/// a slow tray may look like a quick person, each return that came to nothing doubles the time that the next one must be
/// away, so that no tray starts the same import again and again.
/// </summary>
internal static class ReturnRule
{
    private static readonly TimeSpan FirstAbsence = TimeSpan.FromSeconds(4);

    private const int MaxDoublings = 12;

    /// <param name="isSameDisc">True when the disc reads as the one that was ejected.</param>
    /// <param name="away">How long ago the tray was opened.</param>
    /// <param name="returns">How many times in a row this same disc was handled and came to nothing.</param>
    public static bool IsToBeHandled(bool isSameDisc, TimeSpan away, int returns) =>
        !isSameDisc || away >= AbsenceNeeded(returns);

    /// <returns>How long the disc must be out of the drive to be handled again.</returns>
    public static TimeSpan AbsenceNeeded(int returns) => FirstAbsence * (1 << Math.Min(returns, MaxDoublings));
}
