using CdBackuper.Hosting;

namespace CdBackuper.Notices.Targets;

/// <summary>A topic of an ntfy server.</summary>
/// <param name="Server">NOTIFY_NTFY_URL without its last part.</param>
/// <param name="Topic">Its last part: whoever knows it can read along.</param>
/// <param name="Token">NOTIFY_NTFY_TOKEN: an access token, or NAME:PASSWORD; null for none.</param>
/// <param name="Kinds">NOTIFY_NTFY_EVENTS.</param>
internal sealed record NtfySettings(Uri Server, string Topic, Secret? Token, IReadOnlySet<NoticeKind> Kinds);
