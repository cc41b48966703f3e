using CdBackuper.Archive.Store;
using CdBackuper.Notices.Discord;

namespace CdBackuper.Labels;

/// <summary>Looks at all that the bot needs before it starts, so that what is missing is said by name.</summary>
internal sealed class Preflight(DiscordSettings settings, DiscordBotHttp bot, DiscordWebhook? webhook, NoticeLedger ledger)
{
    public const string NewToken =
        "Copy the token anew (discord.com/developers, your application, Bot, Reset Token) and set DISCORD_BOT_TOKEN.";

    private const string Invite = "Invite the bot to the server with View Channel, Send Messages, Read Message History and Add Reactions (permissions 68672), and give it the same in this channel.";

    /// <returns>The place; or what is wrong; or, where Discord can't be asked now, neither.</returns>
    public async Task<(BotPlace? Place, BotProblem? Problem, DiscordReply.NotNow? Later)> LookAsync(CancellationToken cancellationToken)
    {
        var me = await bot.MeAsync(cancellationToken);
        if (Bad(me, "Discord does not take DISCORD_BOT_TOKEN", NewToken) is { } bad)
        {
            return bad;
        }

        var (channel, problem, later) = await ChannelAsync(cancellationToken);
        if (channel is not { } id)
        {
            return (null, problem, later);
        }

        var found = await bot.ChannelAsync(id, cancellationToken);
        if (Bad(found, $"The bot can't see the channel {id}", Invite) is { } unseen)
        {
            return unseen;
        }

        if (Body(found).Id("guild_id") is not { } guild)
        {
            return (null, new($"The channel {id} is of no server.", "Name a channel of a server in DISCORD_CHANNEL_ID."), null);
        }

        return await HistoryAsync(id, cancellationToken) is { } closed
            ? closed
            : (new(Body(me).Id("id") ?? default, Body(me).Text("username") ?? "the bot", id, guild), null, null);
    }

    /// <summary>The channel is the webhook's, and where both are set they have to agree: replies are read where notices are.</summary>
    private async Task<(Snowflake? Channel, BotProblem? Problem, DiscordReply.NotNow? Later)> ChannelAsync(CancellationToken cancellationToken)
    {
        if (webhook is null)
        {
            return settings.Channel is null
                ? (null, new("The bot does not know where to read.", "Set DISCORD_WEBHOOK_URL, or DISCORD_CHANNEL_ID to the id of the channel with the notices."), null)
                : (settings.Channel, null, null);
        }

        switch (await webhook.GetAsync(cancellationToken))
        {
            case DiscordAnswer.Found found:
                var posts = webhook.Address.Thread ?? found.Channel;
                return settings.Channel is { } set && set != posts
                    ? (null, new($"DISCORD_CHANNEL_ID is {set}, and the webhook posts to {posts}.", "Set DISCORD_CHANNEL_ID to that, or leave it out."), null)
                    : (posts, null, null);
            case DiscordAnswer.RetryLater later:
                return (null, null, new(later.After, later.Reason, later.MayHaveArrived));
            case DiscordAnswer.Broken broken:
                return (null, new(broken.Reason, broken.Next), null);
            case var other:
                return (null, new($"The webhook's channel could not be asked for: {other}.", "Look at DISCORD_WEBHOOK_URL."), null);
        }
    }

    /// <summary>Without Read Message History lists are empty, with no error: a message that is known to be there tells.</summary>
    private async Task<(BotPlace?, BotProblem?, DiscordReply.NotNow?)?> HistoryAsync(Snowflake channel, CancellationToken cancellationToken)
    {
        var last = ledger.Messages().Reverse().FirstOrDefault(message => ledger.Find(message)?.Channel == channel.ToString());
        if (!Snowflake.TryParse(last, out var message))
        {
            return null;
        }

        var reply = await bot.MessageAsync(channel, message, cancellationToken);
        return reply is DiscordReply.Answer { Code: DiscordCodes.UnknownMessage }
            ? null // deleted: nothing is known by that
            : Bad(reply, "The bot can't read what was written in the channel", "Give it Read Message History in the channel.");
    }

    private static (BotPlace?, BotProblem?, DiscordReply.NotNow?)? Bad(DiscordReply reply, string what, string next) => reply switch
    {
        DiscordReply.NotNow later => (null, null, later),
        DiscordReply.Answer { IsSuccess: true } => null,
        DiscordReply.Answer answer => (null, new($"{what}: {answer.Reason}.", next), null),
        _ => null,
    };

    private static System.Text.Json.JsonElement Body(DiscordReply reply) => reply is DiscordReply.Answer answer ? answer.Body : default;
}
