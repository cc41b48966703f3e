using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>READY and GUILD_CREATE, with the fields that discord.js relies on.</summary>
internal static class FakeWorld
{
    private const int ContentLimited = 1 << 19;

    public static JsonObject Ready(string session, string resumeUrl, bool hasContent) => new()
    {
        ["v"] = 10,
        ["user"] = FakeRoutes.BotUser(),
        ["guilds"] = new JsonArray(new JsonObject { ["id"] = FakeDiscord.Guild, ["unavailable"] = true }),
        ["session_id"] = session,
        ["resume_gateway_url"] = resumeUrl,
        ["application"] = new JsonObject { ["id"] = FakeDiscord.Bot, ["flags"] = hasContent ? ContentLimited : 0 },
        ["private_channels"] = new JsonArray(),
    };

    public static JsonObject Guild() => new()
    {
        ["id"] = FakeDiscord.Guild,
        ["name"] = "Home",
        ["icon"] = null,
        ["owner_id"] = FakeDiscord.Person,
        ["verification_level"] = 0,
        ["roles"] = new JsonArray(Everyone()),
        ["emojis"] = new JsonArray(),
        ["features"] = new JsonArray(),
        ["stickers"] = new JsonArray(),
        ["joined_at"] = "2020-01-01T00:00:00.000000+00:00",
        ["large"] = false,
        ["unavailable"] = false,
        ["member_count"] = 2,
        ["voice_states"] = new JsonArray(),
        ["members"] = new JsonArray(),
        ["channels"] = new JsonArray(FakeRoutes.Channel(FakeDiscord.Channel)),
        ["threads"] = new JsonArray(),
        ["presences"] = new JsonArray(),
        ["stage_instances"] = new JsonArray(),
        ["guild_scheduled_events"] = new JsonArray(),
        ["preferred_locale"] = "en-US",
        ["system_channel_flags"] = 0,
    };

    private static JsonObject Everyone() => new()
    {
        ["id"] = FakeDiscord.Guild,
        ["name"] = "@everyone",
        ["color"] = 0,
        ["hoist"] = false,
        ["position"] = 0,
        ["permissions"] = "68672",
        ["managed"] = false,
        ["mentionable"] = false,
        ["flags"] = 0,
    };

    /// <summary>A message as all are: API reference, Message Object.</summary>
    public static JsonObject Message(string id, string channel, string author, string name, string content) => new()
    {
        ["id"] = id,
        ["channel_id"] = channel,
        ["author"] = new JsonObject { ["id"] = author, ["username"] = name, ["discriminator"] = "0", ["global_name"] = null, ["avatar"] = null },
        ["content"] = content,
        ["timestamp"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff+00:00", System.Globalization.CultureInfo.InvariantCulture),
        ["edited_timestamp"] = null,
        ["tts"] = false,
        ["mention_everyone"] = false,
        ["mentions"] = new JsonArray(),
        ["mention_roles"] = new JsonArray(),
        ["attachments"] = new JsonArray(),
        ["embeds"] = new JsonArray(),
        ["components"] = new JsonArray(),
        ["pinned"] = false,
        ["flags"] = 0,
        ["type"] = 0,
    };
}
