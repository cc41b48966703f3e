using System.Globalization;
using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>Messages of the webhook, with what Discord refuses in them.</summary>
internal static class FakeWebhook
{
    private static readonly string[] Replaced = ["content", "embeds"];

    public static (int, JsonNode?) Post(FakeDiscord discord, SeenRequest request)
    {
        if (Problem(request) is { } problem)
        {
            return (400, Refusal(problem));
        }

        var body = (JsonObject)request.Body!;
        var name = (string?)body["username"] ?? "Archive";
        var message = discord.NewMessage(FakeDiscord.Channel, FakeDiscord.Webhook, name, (string?)body["content"] ?? "");
        message["webhook_id"] = FakeDiscord.Webhook;
        message["author"]!["bot"] = true;
        message["flags"] = (int?)body["flags"] ?? 0;
        message["embeds"] = body["embeds"]?.DeepClone() ?? new JsonArray();
        message["attachments"] = Attachments(discord, request);
        var id = discord.Publish(message);
        return request.Query.Contains("wait=true", StringComparison.Ordinal) ? (200, discord.Messages.Find(id)) : (204, null);
    }

    public static (int, JsonNode?) Edit(FakeDiscord discord, SeenRequest request, string id)
    {
        if (Problem(request) is { } problem)
        {
            return (400, Refusal(problem));
        }

        var body = (JsonObject)request.Body!;
        var isThere = discord.Messages.Change(id, message =>
        {
            foreach (var name in Replaced.Where(body.ContainsKey))
            {
                message[name] = body[name]?.DeepClone();
            }

            if (body.ContainsKey("attachments"))
            {
                message["attachments"] = Attachments(discord, request);
            }
        });
        return isThere ? (200, discord.Messages.Find(id)) : (404, new JsonObject { ["message"] = "Unknown Message", ["code"] = 10008 });
    }

    private static JsonArray Attachments(FakeDiscord discord, SeenRequest request) => new([.. request.Files.Select(file => (JsonNode)new JsonObject
    {
        ["id"] = discord.Messages.NewId(),
        ["filename"] = file.Name,
        ["size"] = file.Bytes.Length,
        ["url"] = $"http://127.0.0.1/{file.Name}",
        ["proxy_url"] = $"http://127.0.0.1/{file.Name}",
    })]);

    private static JsonObject Refusal(string problem) => new()
    {
        ["message"] = "Invalid Form Body",
        ["code"] = 50035,
        ["errors"] = new JsonObject { ["body"] = new JsonObject { ["_errors"] = new JsonArray(new JsonObject { ["code"] = "BAD", ["message"] = problem }) } },
    };

    private static string? Problem(SeenRequest request)
    {
        if (request.Body is not JsonObject body)
        {
            return "no JSON";
        }

        var embeds = body["embeds"]?.AsArray() ?? [];
        var attachments = body["attachments"]?.AsArray() ?? [];
        var text = embeds.Sum(embed => Length(embed!, "title") + Length(embed!, "description") + Length(embed!["footer"], "text")
            + Length(embed!["author"], "name") + (embed!["fields"]?.AsArray().Sum(field => Length(field!, "name") + Length(field!, "value")) ?? 0));
        var name = (string?)body["username"] ?? "x";
        return text > 6000 ? "MAX_EMBED_SIZE_EXCEEDED"
            : name.Contains("discord", StringComparison.OrdinalIgnoreCase) || name.Contains("clyde", StringComparison.OrdinalIgnoreCase) ? "USERNAME_INVALID"
            : body["allowed_mentions"]?["parse"] is not JsonArray { Count: 0 } ? "somebody could be pinged"
            : request.Method == "POST" && Length(body, "content") == 0 && embeds.Count == 0 && request.Files.Count == 0 ? "empty message"
            : request.Files.Where((file, index) => file.Part != string.Create(CultureInfo.InvariantCulture, $"files[{index}]")).Any() ? "a file without its number"
            : attachments.Count != request.Files.Count ? "attachments and files differ"
            : null;
    }

    private static int Length(JsonNode? node, string name) => ((string?)node?[name])?.Length ?? 0;
}
