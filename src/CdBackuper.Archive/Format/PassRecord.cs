namespace CdBackuper.Archive.Format;

/// <summary>One pass of an attempt: a run of ddrescue, or reads of our own.</summary>
/// <param name="Kind">metadata, copy, trim, sweep, scrape or hiddenEnd.</param>
/// <param name="Command">The command line as it was run.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="SectorsWon">How many sectors it read that were unread before.</param>
/// <param name="Ended">How it ended: "exit 0", "signal 9", "interrupted", "time used up".</param>
public sealed record PassRecord(string Kind, string Command, double Seconds, long SectorsWon, string Ended)
{
    /// <summary>What it was for, such as "reading 14 sectors of 3 damaged photographs"; null in attempts of before the plan said.</summary>
    public string? What { get; init; }
}
