namespace CdBackuper.Linux.Drives;

/// <summary>A drive, its disc or the way to it failed. The message is for people: what was tried, where, what to do.</summary>
/// <param name="fault">What the caller may branch on.</param>
/// <param name="message">Whole sentences.</param>
/// <param name="innerException">What lay under it, or null.</param>
/// <param name="next">What to do, where the message does not say it.</param>
public sealed class DriveFaultException(DriveFault fault, string message, Exception? innerException = null, string next = "")
    : IOException(message, innerException)
{
    /// <summary>What the caller may branch on.</summary>
    public DriveFault Fault { get; } = fault;

    /// <summary>What to do; empty where the message says it.</summary>
    public string Next { get; } = next;
}
