using System.Text.Json;

namespace CdBackuper.Notices.Discord;

/// <summary>Sends and edits messages as one webhook (API reference, Webhook). Whatever is given is made to fit Discord's limits.</summary>
/// <param name="address">Which one.</param>
/// <param name="http">A connection without a bot's token, of this webhook alone.</param>
internal sealed class DiscordWebhook(WebhookAddress address, DiscordHttp http)
{
    private const string Route = "webhooks/{id}/{token}";

    /// <summary>Which one it is.</summary>
    public WebhookAddress Address => address;

    private string Path => $"webhooks/{address.Id}/{address.Token}";

    /// <summary>Sends a message. Its pictures are left out where Discord finds them too large.</summary>
    public async Task<DiscordAnswer> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        // Without wait=true Discord says 204 even where the message is not kept.
        var path = $"{Path}?wait=true{(address.Thread is { } thread ? $"&thread_id={thread}" : "")}";
        return await SendAsync(
            message, fit => Request(HttpMethod.Post, Route, path) with { Body = WebhookBody.New(fit), Pictures = fit.Pictures }, cancellationToken);
    }

    /// <summary>Replaces a message's text and boxes, and its pictures where the new one has some. Nobody is notified by it.</summary>
    public async Task<DiscordAnswer> EditAsync(Snowflake id, WebhookMessage message, CancellationToken cancellationToken)
    {
        var path = $"{Path}/messages/{id}{(address.Thread is { } thread ? $"?thread_id={thread}" : "")}";
        return await SendAsync(
            message,
            fit => Request(HttpMethod.Patch, $"{Route}/messages/{{message}}", path) with { Body = WebhookBody.Edit(fit), Pictures = fit.Pictures },
            cancellationToken);
    }

    /// <summary>Asks whether the webhook is there, and where its messages go.</summary>
    public async Task<DiscordAnswer> GetAsync(CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(Request(HttpMethod.Get, Route, Path), cancellationToken);
        return reply is DiscordReply.Answer { IsSuccess: true } answer && answer.Body.Id("channel_id") is { } channel
            ? new DiscordAnswer.Found(channel, answer.Body.Id("guild_id"), answer.Body.Text("name"))
            : AnswerOf(reply);
    }

    private async Task<DiscordAnswer> SendAsync(
        WebhookMessage message, Func<WebhookMessage, DiscordRequest> request, CancellationToken cancellationToken)
    {
        var fit = MessageFit.Fit(message);
        var problems = MessageRules.Problems(fit);
        if (problems.Count > 0)
        {
            return new DiscordAnswer.Refused($"not sent: {string.Join(", ", problems)}");
        }

        var reply = await http.SendAsync(request(fit), cancellationToken);
        if (fit.Pictures.Count > 0
            && (reply is DiscordReply.Answer { Status: 413 } || reply is DiscordReply.Answer { Code: DiscordCodes.EntityTooLarge }))
        {
            var bare = fit with { Pictures = [], Embeds = [.. fit.Embeds.Select(embed => embed with { PictureName = null })] };
            return await SendAsync(bare, request, cancellationToken);
        }

        return AnswerOf(reply);
    }

    private DiscordRequest Request(HttpMethod method, string route, string path) => new(method, route, $"{address.Id}/{address.Token}", path);

    private DiscordAnswer AnswerOf(DiscordReply reply) => reply switch
    {
        DiscordReply.NotNow later => new DiscordAnswer.RetryLater(later.After, later.Reason, later.MayHaveArrived),
        DiscordReply.Answer { IsSuccess: true } sent when sent.Body.Id("id") is { } id && sent.Body.Id("channel_id") is { } channel =>
            new DiscordAnswer.Sent(id, channel),
        DiscordReply.Answer { IsSuccess: true } odd =>
            new DiscordAnswer.RetryLater(TimeSpan.FromMinutes(1), $"the answer was not Discord's ({odd.Reason})", MayHaveArrived: true),
        DiscordReply.Answer { Code: DiscordCodes.UnknownMessage or DiscordCodes.TooManyEdits } gone => new DiscordAnswer.Gone(gone.Reason),
        DiscordReply.Answer { Status: 401 or 404 } broken => new DiscordAnswer.Broken(
            $"Discord does not know {address} any more ({broken.Reason}).",
            "Make a new webhook (the channel's settings, Integrations, Webhooks) and set DISCORD_WEBHOOK_URL to its address."),
        DiscordReply.Answer { Body.ValueKind: JsonValueKind.Undefined, Status: < 400 or 403 or 407 } odd =>
            // A page of a proxy, a portal or Cloudflare. Discord says in JSON what it refuses.
            new DiscordAnswer.RetryLater(TimeSpan.FromMinutes(1), $"the answer was not Discord's ({odd.Reason})", MayHaveArrived: false),
        DiscordReply.Answer refused => new DiscordAnswer.Refused(refused.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, "A reply without a meaning."),
    };
}
