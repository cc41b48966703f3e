using CdBackuper.Notices.Outbox;

namespace CdBackuper.Web;

/// <summary>What /healthz says beside its 200: a contract with other programs (docs/operations.md).</summary>
/// <param name="Status">alive.</param>
/// <param name="NoticesWaiting">Notices of all nodes in the archive's outbox, as of the last look at it; null before the first.</param>
/// <param name="NoticesStopped">
/// Queues (NODE.TARGET) whose target refused for good, as of that look: nothing is sent to it until its settings change; null before the first.
/// </param>
internal sealed record HealthDocument(string Status, int? NoticesWaiting, IReadOnlyList<string>? NoticesStopped)
{
    /// <param name="outbox">As of the last look at the archive; null before the first.</param>
    public static HealthDocument Of(IReadOnlyList<OutboxState>? outbox) => new(
        "alive",
        outbox?.Sum(state => state.Waiting),
        outbox is null ? null : [.. outbox.Where(state => state.Stopped is not null).Select(state => state.Queue)]);
}
