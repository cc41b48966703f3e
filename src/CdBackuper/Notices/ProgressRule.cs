namespace CdBackuper.Notices;

/// <summary>When the message is written and edited that says how far a disc is.</summary>
internal static class ProgressRule
{
    /// <summary>A disc that is done sooner needs no message of its own.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    /// <summary>Discord limits how often messages older than this are edited (error 30046).</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    /// <param name="age">How long ago the message was written.</param>
    /// <returns>How long to wait before it is edited again.</returns>
    public static TimeSpan Pause(TimeSpan age) => age < Old ? Usual : Late;
}
