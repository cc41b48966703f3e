using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord;

/// <summary>The bot's requests (API reference: Channel, Message, Guild, User, Gateway).</summary>
/// <param name="http">A connection with the bot's token.</param>
internal sealed class DiscordBotHttp(DiscordHttp http)
{
    /// <summary>How many messages Discord gives at a time.</summary>
    public const int PageSize = 100;

    /// <summary>✅ (U+2705): the label was written.</summary>
    public const string Done = "✅";

    /// <summary>❌ (U+274C): it was not.</summary>
    public const string Failed = "❌";

    /// <summary>Who the token is of.</summary>
    public Task<DiscordReply> MeAsync(CancellationToken cancellationToken) =>
        http.SendAsync(new(HttpMethod.Get, "users/@me", "", "users/@me"), cancellationToken);

    /// <summary>Where the gateway is, and how often one may still log in there.</summary>
    public Task<DiscordReply> GatewayAsync(CancellationToken cancellationToken) =>
        http.SendAsync(new(HttpMethod.Get, "gateway/bot", "", "gateway/bot"), cancellationToken);

    public Task<DiscordReply> ChannelAsync(Snowflake channel, CancellationToken cancellationToken) =>
        http.SendAsync(In(channel, HttpMethod.Get, "", ""), cancellationToken);

    public Task<DiscordReply> MessageAsync(Snowflake channel, Snowflake message, CancellationToken cancellationToken) =>
        http.SendAsync(In(channel, HttpMethod.Get, "/messages/{message}", $"/messages/{message}"), cancellationToken);

    /// <summary>The messages behind one, at most <see cref="PageSize"/>: those next to it, but the newest of them first.</summary>
    public Task<DiscordReply> MessagesAfterAsync(Snowflake channel, Snowflake after, CancellationToken cancellationToken) =>
        http.SendAsync(In(channel, HttpMethod.Get, "/messages", $"/messages?after={after}&limit={PageSize}"), cancellationToken);

    /// <summary>The roles of a member; needs no privileged intent.</summary>
    public Task<DiscordReply> MemberAsync(Snowflake guild, Snowflake user, CancellationToken cancellationToken) =>
        http.SendAsync(new(HttpMethod.Get, "guilds/{guild}/members/{user}", guild.ToString(), $"guilds/{guild}/members/{user}"), cancellationToken);

    /// <summary>Puts a mark below a message. Doing it again changes nothing.</summary>
    public Task<DiscordReply> ReactAsync(Snowflake channel, Snowflake message, string mark, CancellationToken cancellationToken) => http.SendAsync(
        In(channel, HttpMethod.Put, "/messages/{message}/reactions/{mark}/@me", $"/messages/{message}/reactions/{Uri.EscapeDataString(mark)}/@me"),
        cancellationToken);

    /// <summary>Answers a message. Within some minutes Discord takes an answer to the same message for the same one, and posts it once.</summary>
    /// <param name="channel">Where it stands.</param>
    /// <param name="message">What is answered.</param>
    /// <param name="text">The answer, markdown; cut where it is too long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DiscordReply> AnswerAsync(Snowflake channel, Snowflake message, string text, CancellationToken cancellationToken) =>
        http.SendAsync(In(channel, HttpMethod.Post, "/messages", "/messages") with { Body = AnswerBody(message, text) }, cancellationToken);

    public static JsonObject AnswerBody(Snowflake message, string text) => new()
    {
        ["content"] = DiscordText.Cut(text, MessageRules.MaxContent),
        ["message_reference"] = new JsonObject { ["message_id"] = message.ToString(), ["fail_if_not_exists"] = false },
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray(), ["replied_user"] = false },
        ["nonce"] = message.ToString(),
        ["enforce_nonce"] = true,
    };

    private static DiscordRequest In(Snowflake channel, HttpMethod method, string route, string path) =>
        new(method, $"channels/{{channel}}{route}", channel.ToString(), $"channels/{channel}{path}");
}
