using CdBackuper.Hosting;

namespace CdBackuper.Notices.Targets;

/// <summary>A server that takes JSON.</summary>
/// <param name="Url">NOTIFY_WEBHOOK_URL.</param>
/// <param name="Secret">NOTIFY_WEBHOOK_SECRET: signs each request; null for no signature.</param>
/// <param name="AsCloudEvent">NOTIFY_WEBHOOK_FORMAT is cloudevents.</param>
/// <param name="Kinds">NOTIFY_WEBHOOK_EVENTS.</param>
internal sealed record WebhookSettings(Uri Url, Secret? Secret, bool AsCloudEvent, IReadOnlySet<NoticeKind> Kinds);
