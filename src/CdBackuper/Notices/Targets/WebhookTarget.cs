using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>Any server that takes JSON: docs/notifications.md has the document, and how its signature is checked.</summary>
internal sealed class WebhookTarget(WebhookSettings settings, TimeProvider clock, TimeSpan? limit = null) : INoticeTarget, IDisposable
{
    private const string SignatureHeader = "X-CdBackuper-Signature";

    private readonly HttpPost post = new(settings.Url, limit ?? TimeSpan.FromSeconds(30), settings.Secret?.Value);

    public string Name => "webhook";

    public string Address => $"webhook {settings.Url.Host}";

    public string Fingerprint => TargetFingerprint.Of(settings.Url.AbsoluteUri, settings.Secret?.Value);

    public IReadOnlySet<NoticeKind> Kinds => settings.Kinds;

    public bool TakesPictures => false;

    public Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var body = Body(entry.Notice, settings.AsCloudEvent);
        return post.SendAsync(
            body,
            settings.AsCloudEvent ? "application/cloudevents+json" : "application/json",
            headers =>
            {
                headers.Add("X-CdBackuper-Notice", entry.Notice.Id);
                if (settings.Secret is { } secret)
                {
                    headers.Add(SignatureHeader, Sign(body, secret.Value, clock.GetUtcNow()));
                }
            },
            cancellationToken);
    }

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => post.AnswersAsync(settings.Url, cancellationToken);

    public void Dispose() => post.Dispose();

    /// <returns>The notice as JSON; with <paramref name="asCloudEvent"/> as the data of a CloudEvents 1.0 event in structured mode.</returns>
    public static string Body(Notice notice, bool asCloudEvent)
    {
        var document = NoticeDocument.Of(notice);
        if (!asCloudEvent)
        {
            return document.ToJsonString(NoticeJson.Compact.Options);
        }

        var cloudEvent = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = notice.Id,
            ["source"] = $"/cdbackuper/{Uri.EscapeDataString(notice.Node)}",
            ["type"] = $"cdbackuper.disc.{KindWords.Of(notice.Kind)}",
            ["time"] = document["time"]?.DeepClone(),
            ["datacontenttype"] = "application/json",
            ["data"] = document,
        };
        if (notice.Disc is { } disc)
        {
            cloudEvent["subject"] = disc.Number;
        }

        return cloudEvent.ToJsonString(NoticeJson.Compact.Options);
    }

    /// <returns><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 with the secret over <c>SECONDS.BODY</c>, so that an old request is not taken for a new one.</returns>
    public static string Sign(string body, string secret, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sum = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(sum)}";
    }
}
