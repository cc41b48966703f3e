using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>ntfy, by its JSON form (docs.ntfy.sh, "Publish as JSON"), which takes any character.</summary>
internal sealed class NtfyTarget(NtfySettings settings) : INoticeTarget, IDisposable
{
    /// <summary>A longer message becomes an attached file (ntfy, "Limitations": 4,096 bytes).</summary>
    private const int MaxMessageBytes = 3800;

    private readonly HttpPost post = new(
        settings.Server, TimeSpan.FromSeconds(30), settings.Topic, settings.Token?.Value, settings.Token is { } key ? Authorize(key.Value).Parameter : null);

    public string Name => "ntfy";

    public string Address => $"ntfy {settings.Server.Host}, a topic of {settings.Topic.Length} letters";

    public string Fingerprint => TargetFingerprint.Of(settings.Server.AbsoluteUri, settings.Topic, settings.Token?.Value);

    public IReadOnlySet<NoticeKind> Kinds => settings.Kinds;

    public bool TakesPictures => false;

    public Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken) => post.SendAsync(
        Body(entry.Notice, settings.Topic).ToJsonString(NoticeJson.Compact.Options),
        "application/json",
        headers => headers.Authorization = settings.Token is { } token ? Authorize(token.Value) : null,
        cancellationToken);

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        post.AnswersAsync(new(settings.Server, "v1/health"), cancellationToken);

    public void Dispose() => post.Dispose();

    /// <returns>A token as it is; a name and password, with a colon between, as Basic (RFC 7617).</returns>
    private static AuthenticationHeaderValue Authorize(string token) => token.Contains(':', StringComparison.Ordinal)
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(token))) : new("Bearer", token);

    /// <returns>The message: priority 3 is the usual one, 4 makes itself heard.</returns>
    public static JsonObject Body(Notice notice, string topic)
    {
        var (priority, tag) = NoticeDocument.SeverityOf(notice.Kind) switch
        {
            "success" => (3, "white_check_mark"),
            "warning" => (4, "warning"),
            "failure" => (4, "x"),
            _ => (3, "cd"),
        };
        return new()
        {
            ["topic"] = topic,
            ["title"] = TextCut.Printable(NoticeText.Title(notice)),
            ["message"] = TextCut.Lines(NoticeText.Body(notice), MaxMessageBytes),
            ["priority"] = priority,
            ["tags"] = new JsonArray(tag),
        };
    }
}
