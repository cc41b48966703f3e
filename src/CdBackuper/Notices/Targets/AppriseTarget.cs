using System.Text.Json.Nodes;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>An Apprise API server (caronc/apprise-api, POST /notify/KEY): e-mail, Matrix, Telegram and a hundred others.</summary>
internal sealed class AppriseTarget(AppriseSettings settings) : INoticeTarget, IDisposable
{
    /// <summary>The server takes 32 KiB; most of what lies behind it takes less.</summary>
    private const int MaxBodyBytes = 8000;

    /// <summary>Apprise answers when all that lies behind it has answered.</summary>
    private readonly HttpPost post = new(settings.Url, TimeSpan.FromSeconds(60));

    public string Name => "apprise";

    public string Address => $"Apprise {settings.Url.Host}";

    public string Fingerprint => TargetFingerprint.Of(settings.Url.AbsoluteUri, settings.Tag);

    public IReadOnlySet<NoticeKind> Kinds => settings.Kinds;

    public bool TakesPictures => false;

    public async Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var body = Body(entry.Notice, settings.Tag).ToJsonString(NoticeJson.Compact.Options);
        var delivery = await post.SendAsync(body, "application/json", _ => { }, cancellationToken);

        // 424: one of those behind it failed, and others may have it: again, but not for ever. 204: the key has nothing behind it.
        return delivery switch
        {
            Delivery.Refused refused when refused.Answer.StartsWith("424", StringComparison.Ordinal) => new Delivery.Failed(refused.Answer),
            Delivery.Done done when done.Answer.StartsWith("204", StringComparison.Ordinal) => new Delivery.Broken(
                $"{done.Answer}: nothing is configured there", "Give the server's key a configuration, and check NOTIFY_APPRISE_URL."),
            _ => delivery,
        };
    }

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => post.AnswersAsync(new(settings.Url, "/status"), cancellationToken);

    public void Dispose() => post.Dispose();

    public static JsonObject Body(Notice notice, string? tag)
    {
        var body = new JsonObject
        {
            ["title"] = TextCut.Printable(NoticeText.Title(notice)),
            ["body"] = TextCut.Lines(NoticeText.Body(notice), MaxBodyBytes),
            ["type"] = NoticeDocument.SeverityOf(notice.Kind),
            ["format"] = "text",
        };
        if (tag is not null)
        {
            body["tag"] = tag;
        }

        return body;
    }
}
