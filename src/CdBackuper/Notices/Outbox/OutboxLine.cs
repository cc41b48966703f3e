using CdBackuper.Archive.Store;

namespace CdBackuper.Notices.Outbox;

/// <summary>What waits in one queue of the archive's outbox.</summary>
/// <param name="Queue">NODE.TARGET.</param>
/// <param name="Waiting">How many notices.</param>
/// <param name="Oldest">When what the first of them tells happened; null where none waits.</param>
internal sealed record OutboxLine(string Queue, int Waiting, DateTimeOffset? Oldest)
{
    /// <returns>All queues, also those of nodes that are gone: what waits there is sent by nobody.</returns>
    /// <exception cref="IOException">The archive is away.</exception>
    public static IReadOnlyList<OutboxLine> ReadAll(ArchiveRoot root) =>
        [.. OutboxQueue.All(root).Select(queue => new OutboxLine(queue.Name, queue.Waiting().Count, queue.Oldest()))];
}
