namespace CdBackuper.Archive.Store;

/// <summary>The archive can't be used as it is: a fault of the environment. The message is for people and says what to do.</summary>
public sealed class ArchiveException : IOException
{
    /// <param name="message">What was tried and what happened.</param>
    /// <param name="next">What to do.</param>
    /// <param name="inner">The cause; null for none.</param>
    public ArchiveException(string message, string next, Exception? inner = null)
        : base(message, inner) => Next = next;

    /// <summary>What to do, one sentence.</summary>
    public string Next { get; }
}
