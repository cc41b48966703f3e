using CdBackuper.Commands;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Web;

/// <summary>The archive as it was at a moment.</summary>
/// <param name="Discs">All discs, by number, without their files.</param>
/// <param name="Outbox">The notices of all nodes that wait.</param>
/// <param name="FreeBytes">How much room its volume has; null where that can't be told.</param>
/// <param name="Problem">Why it can't be used, for people; null where it can. Discs and outbox are then those of the last look that could.</param>
/// <param name="Taken">When it was looked at.</param>
internal sealed record ArchiveView(
    IReadOnlyList<DiscDocument> Discs, IReadOnlyList<OutboxState> Outbox, long? FreeBytes, string? Problem, DateTimeOffset Taken);
