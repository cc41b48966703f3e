namespace CdBackuper.Media.Images;

/// <summary>What lies between two sessions of a disc, in sectors (Orange Book; ECMA-394 §4.5).</summary>
internal static class SessionGap
{
    /// <summary>The pause before a session's first track, which no image needs to have.</summary>
    public const long Pause = 150;

    private const long LeadIn = 4500;
    private const long FirstLeadOut = 6750;
    private const long LaterLeadOut = 2250;

    /// <param name="session">1 for the first.</param>
    /// <returns>From the end of a session's last track to index 1 of the next one's first.</returns>
    public static long After(int session) => (session == 1 ? FirstLeadOut : LaterLeadOut) + LeadIn + Pause;

    public static bool IsLeadOutLength(long sectors) => sectors is FirstLeadOut or LaterLeadOut;
}
