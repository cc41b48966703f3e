namespace CdBackuper.Archive.Format;

/// <summary>One run of ddrescue in an attempt.</summary>
/// <param name="Kind">copy or scrape.</param>
/// <param name="Command">The command line as it was run.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="SectorsWon">How many sectors it read that were unread before.</param>
/// <param name="Ended">How it ended: "exit 0", "signal 9", "interrupted", "time used up".</param>
public sealed record PassRecord(string Kind, string Command, double Seconds, long SectorsWon, string Ended);
