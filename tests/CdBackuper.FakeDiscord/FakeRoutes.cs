using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;

namespace CdBackuper.Fakes;

/// <summary>What Discord answers to each request that it knows.</summary>
internal sealed class FakeRoutes(FakeDiscord discord)
{
    private static readonly (int, JsonNode?) NoContent = (204, null);

    public (int Status, JsonNode? Body) Answer(SeenRequest request)
    {
        var parts = request.Path.Split('/');
        if (parts[0] == "webhooks")
        {
            return Webhook(request, parts);
        }

        if (request.Authorization != $"Bot {FakeDiscord.Token}")
        {
            return Error(401, 0, "401: Unauthorized");
        }

        return (request.Method, parts) switch
        {
            ("GET", ["users", "@me"]) => (200, BotUser()),
            ("GET", ["gateway", "bot"]) => (200, discord.Gateway.Description()),
            ("GET", ["guilds", FakeDiscord.Guild, "members", var user]) => Member(user),
            ("GET", ["channels", FakeDiscord.Channel or FakeDiscord.OtherChannel]) => (200, Channel(parts[1])),
            ("GET", ["channels", FakeDiscord.Channel, "messages"]) => Page(request),
            ("GET", ["channels", FakeDiscord.Channel, "messages", var id]) => Message(id),
            ("POST", ["channels", FakeDiscord.Channel, "messages"]) => Post((JsonObject)request.Body!),
            ("PUT", ["channels", FakeDiscord.Channel, "messages", var id, "reactions", var emoji, "@me"]) => React(id, emoji),
            (_, ["channels", FakeDiscord.Channel or FakeDiscord.OtherChannel, ..]) => Error(404, 0, "404: Not Found"),
            (_, ["channels", ..]) => Error(404, 10003, "Unknown Channel"),
            _ => Error(404, 0, "404: Not Found"),
        };
    }

    public static JsonObject BotUser() => new()
    {
        ["id"] = FakeDiscord.Bot,
        ["username"] = "cdbackuper",
        ["discriminator"] = "0",
        ["global_name"] = null,
        ["avatar"] = null,
        ["bot"] = true,
        ["flags"] = 0,
    };

    public static JsonObject Channel(string id) => new()
    {
        ["id"] = id,
        ["type"] = 0,
        ["guild_id"] = FakeDiscord.Guild,
        ["name"] = "archive",
        ["position"] = 0,
        ["permission_overwrites"] = new JsonArray(),
        ["nsfw"] = false,
        ["topic"] = null,
        ["last_message_id"] = null,
        ["rate_limit_per_user"] = 0,
        ["parent_id"] = null,
        ["flags"] = 0,
    };

    private static (int, JsonNode?) Error(int status, int code, string message) =>
        (status, new JsonObject { ["message"] = message, ["code"] = code });

    private (int, JsonNode?) Member(string user) => discord.Roles.TryGetValue(user, out var roles) || user is FakeDiscord.Person or FakeDiscord.Stranger
        ? (200, new JsonObject { ["user"] = new JsonObject { ["id"] = user }, ["roles"] = new JsonArray([.. (roles ?? []).Select(role => (JsonNode)role)]) })
        : Error(404, 10007, "Unknown Member");

    private (int, JsonNode?) Page(SeenRequest request)
    {
        var query = HttpUtility.ParseQueryString(request.Query);
        var after = ulong.Parse(query["after"] ?? "0", CultureInfo.InvariantCulture);
        var limit = int.Parse(query["limit"] ?? "50", CultureInfo.InvariantCulture);
        if (limit is < 1 or > 100)
        {
            return Error(400, 50035, "Invalid Form Body");
        }

        var found = discord.HasHistory ? discord.Messages.After(FakeDiscord.Channel, after, limit) : [];
        return (200, new JsonArray([.. found.Select(message => (JsonNode)discord.Shown(message))]));
    }

    private (int, JsonNode?) Message(string id) => !discord.HasHistory ? Error(403, 50001, "Missing Access")
        : discord.Messages.Find(id) is { } message ? (200, discord.Shown(message)) : Error(404, 10008, "Unknown Message");

    private (int, JsonNode?) Post(JsonObject body)
    {
        if (((string?)body["content"] ?? "") is { Length: 0 or > 2000 })
        {
            return Error(400, body["content"] is null ? 50006 : 50035, "Invalid Form Body");
        }

        var message = discord.NewMessage(FakeDiscord.Channel, FakeDiscord.Bot, "cdbackuper", (string)body["content"]!);
        message["author"] = BotUser();
        if (body["message_reference"] is JsonObject reference)
        {
            var id = (string)reference["message_id"]!;
            if (discord.Messages.Find(id) is null && (bool?)reference["fail_if_not_exists"] != false)
            {
                return Error(400, 50035, "Unknown message");
            }

            message["type"] = 19;
            message["message_reference"] = new JsonObject
            {
                ["type"] = 0,
                ["message_id"] = id,
                ["channel_id"] = FakeDiscord.Channel,
                ["guild_id"] = FakeDiscord.Guild,
            };
            message["referenced_message"] = discord.Messages.Find(id);
        }

        var nonce = body["nonce"]?.ToString();
        var kept = discord.Publish(message, (bool?)body["enforce_nonce"] == true ? nonce : null);
        var answer = discord.Messages.Find(kept)!;
        answer["nonce"] = nonce;
        return (200, answer);
    }

    private (int, JsonNode?) React(string id, string emoji)
    {
        emoji = Uri.UnescapeDataString(emoji);
        if (emoji is not ("✅" or "❌"))
        {
            return Error(400, 10014, "Unknown Emoji");
        }

        if (discord.Messages.Find(id) is null)
        {
            return Error(404, 10008, "Unknown Message");
        }

        discord.Messages.React(id, emoji, FakeDiscord.Bot);
        return NoContent;
    }

    private (int, JsonNode?) Webhook(SeenRequest request, string[] parts)
    {
        if (request.Authorization is not null)
        {
            return Error(400, 0, "a webhook's token is in its path");
        }

        if (parts.Length < 3 || parts[1] != FakeDiscord.Webhook || !discord.HasWebhook)
        {
            return Error(404, 10015, "Unknown Webhook");
        }

        if (parts[2] != FakeDiscord.WebhookToken)
        {
            return Error(401, 50027, "Invalid Webhook Token");
        }

        return (request.Method, parts[3..]) switch
        {
            ("GET", []) => (200, new JsonObject
            {
                ["id"] = FakeDiscord.Webhook,
                ["type"] = 1,
                ["name"] = "Archive",
                ["channel_id"] = FakeDiscord.Channel,
                ["guild_id"] = FakeDiscord.Guild,
                ["token"] = FakeDiscord.WebhookToken,
            }),
            ("POST", []) => FakeWebhook.Post(discord, request),
            ("GET", ["messages", var id]) => discord.Messages.Find(id) is { } message ? (200, message) : Error(404, 10008, "Unknown Message"),
            ("PATCH", ["messages", var id]) => FakeWebhook.Edit(discord, request, id),
            _ => Error(405, 0, "405: Method Not Allowed"),
        };
    }
}
