namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Seconds since 1904-01-01, without a sign: the last is in February 2040 (Inside Macintosh: Files, 2-61; TN1150, "HFS
/// Plus Dates"). HFS counts them in local time and does not say of where: they are taken for UTC, as Linux does.
/// </summary>
internal static class MacDate
{
    private static readonly DateTimeOffset Epoch = new(1904, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>Null for 0, which stands for "never".</returns>
    public static DateTimeOffset? Read(uint seconds) => seconds == 0 ? null : Epoch.AddSeconds(seconds);
}
