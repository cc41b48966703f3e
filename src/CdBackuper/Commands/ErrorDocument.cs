namespace CdBackuper.Commands;

/// <summary>What --json prints when a command fails.</summary>
internal sealed record ErrorDocument(ErrorDocument.Reason Error)
{
    /// <param name="Message">What happened.</param>
    /// <param name="Next">What to do.</param>
    internal sealed record Reason(string Message, string Next);
}
