namespace CdBackuper.Notices.Targets;

/// <summary>A key of an Apprise API server.</summary>
/// <param name="Url">NOTIFY_APPRISE_URL: http://SERVER/notify/KEY.</param>
/// <param name="Tag">NOTIFY_APPRISE_TAG: which of the key's services; null for all.</param>
/// <param name="Kinds">NOTIFY_APPRISE_EVENTS.</param>
internal sealed record AppriseSettings(Uri Url, string? Tag, IReadOnlySet<NoticeKind> Kinds);
