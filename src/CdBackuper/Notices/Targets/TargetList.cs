using CdBackuper.Hosting;

namespace CdBackuper.Notices.Targets;

/// <summary>The targets of the settings.</summary>
internal static class TargetList
{
    /// <returns>Each that is set; empty where notices go nowhere.</returns>
    public static IReadOnlyList<INoticeTarget> Of(Settings settings, TimeProvider clock)
    {
        var notices = settings.Notices;
        INoticeTarget?[] all =
        [
            settings.Discord.Webhook is { } address ? new DiscordTarget(address, settings.Discord.Api, notices, clock) : null,
            notices.Webhook is { } webhook ? new WebhookTarget(webhook, clock) : null,
            notices.Ntfy is { } ntfy ? new NtfyTarget(ntfy) : null,
            notices.Apprise is { } apprise ? new AppriseTarget(apprise) : null,
            notices.Hook is { } hook ? new HookTarget(hook) : null,
        ];
        return [.. all.OfType<INoticeTarget>()];
    }
}
