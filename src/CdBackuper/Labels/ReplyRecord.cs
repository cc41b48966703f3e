namespace CdBackuper.Labels;

/// <summary>.cdbackuper/replies/ID.json: how far a reply was done. Only the bot reads it.</summary>
/// <param name="Reply">The reply's id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Mark">The mark that it gets.</param>
/// <param name="Answer">The text that it gets; null for none.</param>
internal sealed record ReplyRecord(string Reply, ReplyState State, string Mark, string? Answer)
{
    /// <summary>Since when mark or answer fail, UTC; null where they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
