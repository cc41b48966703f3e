using CdBackuper.Archive.Store;

namespace CdBackuper.Jobs;

/// <summary>What came of an attempt.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="Next">What to do, for people.</param>
/// <param name="Folder">The disc's folder; null where the attempt ended before it had one.</param>
internal sealed record DiscResult(DiscEnd End, string Message, string Next, DiscFolder? Folder);
