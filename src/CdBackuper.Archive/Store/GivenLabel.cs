namespace CdBackuper.Archive.Store;

/// <summary>How a label stands among the disc's others once it was given.</summary>
/// <param name="Before">The one before it in time; null for none.</param>
/// <param name="IsInForce">False where a label that was given later stands.</param>
public sealed record GivenLabel(string? Before, bool IsInForce);
