namespace CdBackuper.Web;

/// <summary>What /healthz says beside its 200: a contract with other programs (docs/operations.md).</summary>
/// <param name="Status">alive.</param>
/// <param name="NoticesWaiting">Notices of all nodes in the archive's outbox, as of the last look at it; null before the first.</param>
internal sealed record HealthDocument(string Status, int? NoticesWaiting);
