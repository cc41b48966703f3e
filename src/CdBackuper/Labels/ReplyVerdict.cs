namespace CdBackuper.Labels;

/// <summary>What becomes of a message of the channel.</summary>
internal abstract record ReplyVerdict
{
    private ReplyVerdict()
    {
    }

    /// <summary>Nothing, and nobody is told: it is talk, or none of ours.</summary>
    public sealed record Ignore : ReplyVerdict;

    /// <summary>It is a label.</summary>
    /// <param name="Folder">The disc's folder, from our own ledger.</param>
    /// <param name="Label">The label, fit to be stored.</param>
    public sealed record Accept(string Folder, string Label) : ReplyVerdict;

    /// <summary>It can't be taken: a cross.</summary>
    /// <param name="Reason">Why, for whoever wrote it; null where a cross is all they get.</param>
    public sealed record Reject(string? Reason) : ReplyVerdict;
}
