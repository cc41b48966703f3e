using CdBackuper.Archive.Format;
using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>A Discord channel, by a webhook.</summary>
internal sealed class DiscordTarget : INoticeTarget, IProgressTarget, IDisposable
{
    /// <summary>The outbox tries again by itself, so that one request is one try.</summary>
    private static readonly HttpPatience Patience = new() { Tries = 1, TotalWait = TimeSpan.FromSeconds(5), Answer = TimeSpan.FromSeconds(30) };

    private readonly DiscordHttp http;
    private readonly DiscordWebhook webhook;
    private readonly TimeProvider clock;

    public DiscordTarget(WebhookAddress address, Uri api, NoticeSettings settings, TimeProvider clock)
    {
        this.clock = clock;
        http = new(api, null, Patience, clock);
        webhook = new(address, http);
        Kinds = settings.DiscordKinds;
        ShowsProgress = settings.DiscordProgress;
    }

    public string Name => "discord";

    public string Address => webhook.Address.ToString();

    public string Fingerprint => TargetFingerprint.Of(webhook.Address.Id.ToString(), webhook.Address.Token);

    public IReadOnlySet<NoticeKind> Kinds { get; }

    public bool TakesPictures => true;

    public bool ShowsProgress { get; }

    public async Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken) =>
        await webhook.SendAsync(DiscordNotice.Compose(entry.Notice, entry.Pictures), cancellationToken) switch
        {
            DiscordAnswer.Sent sent => new Delivery.Done($"message {sent.Message}", NoteOf(sent, entry.Notice.Disc?.Folder, entry.Notice.Id)),
            DiscordAnswer.RetryLater { MayHaveArrived: true } unknown => new Delivery.Unknown(unknown.Reason),
            DiscordAnswer.RetryLater later => new Delivery.Later(later.Reason, later.After),
            DiscordAnswer.Broken broken => new Delivery.Broken(broken.Reason, broken.Next),
            DiscordAnswer.Refused refused => new Delivery.Refused(refused.Reason),
            DiscordAnswer.Gone gone => new Delivery.Refused(gone.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(entry), other, "An answer that is none to a new message."),
        };

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        await webhook.GetAsync(cancellationToken) is not DiscordAnswer.RetryLater;

    public async Task<SentNotice?> CreateAsync(string title, string text, CancellationToken cancellationToken) =>
        await webhook.SendAsync(DiscordNotice.Progress(title, text), cancellationToken) is DiscordAnswer.Sent sent
            ? NoteOf(sent, folder: null, notice: null) : null;

    public async Task<bool> EditAsync(string message, string title, string text, CancellationToken cancellationToken) =>
        Snowflake.TryParse(message, out var id)
        && await webhook.EditAsync(id, DiscordNotice.Progress(title, text), cancellationToken) is DiscordAnswer.Sent or DiscordAnswer.RetryLater;

    public void Dispose() => http.Dispose();

    private SentNotice NoteOf(DiscordAnswer.Sent sent, string? folder, string? notice) => new()
    {
        Message = sent.Message.ToString(),
        Channel = sent.Channel.ToString(),
        Webhook = webhook.Address.Id.ToString(),
        Folder = folder,
        Notice = notice,
        Sent = clock.GetUtcNow(),
    };
}
