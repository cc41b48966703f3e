using System.Globalization;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord;

/// <summary>A webhook's message as Discord's JSON (API reference: Execute Webhook, Edit Webhook Message).</summary>
internal static class WebhookBody
{
    /// <summary>Message flag: nobody's device makes a sound (SUPPRESS_NOTIFICATIONS).</summary>
    private const int SuppressNotifications = 1 << 12;

    /// <returns>The body of a new message.</returns>
    public static JsonObject New(WebhookMessage message)
    {
        var body = Common(message);
        Set(body, "content", message.Content);
        Set(body, "username", message.Username);
        Set(body, "avatar_url", message.AvatarUrl);
        if (message.Embeds.Count > 0)
        {
            body["embeds"] = EmbedsOf(message);
        }

        if (message.IsSilent)
        {
            body["flags"] = SuppressNotifications;
        }

        return body;
    }

    /// <returns>The body of an edit: it replaces text and embeds, and pictures only where there are new ones.</returns>
    public static JsonObject Edit(WebhookMessage message)
    {
        var body = Common(message);
        body["content"] = message.Content ?? "";
        body["embeds"] = EmbedsOf(message);
        return body;
    }

    private static JsonObject Common(WebhookMessage message)
    {
        // In every request, an edit too: without it Discord's default pings whoever the text names.
        var body = new JsonObject { ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() } };
        if (message.Pictures.Count > 0)
        {
            var attachments = new JsonArray();
            foreach (var (index, picture) in message.Pictures.Index())
            {
                var attachment = new JsonObject
                {
                    ["id"] = index.ToString(CultureInfo.InvariantCulture),
                    ["filename"] = picture.FileName,
                };
                Set(attachment, "description", picture.Description);
                attachments.Add((JsonNode)attachment);
            }

            body["attachments"] = attachments;
        }

        return body;
    }

    private static JsonArray EmbedsOf(WebhookMessage message)
    {
        var embeds = new JsonArray();
        foreach (var embed in message.Embeds)
        {
            embeds.Add((JsonNode)EmbedOf(embed));
        }

        return embeds;
    }

    private static JsonObject EmbedOf(Embed embed)
    {
        var body = new JsonObject();
        Set(body, "title", embed.Title);
        Set(body, "description", embed.Description);
        Set(body, "url", embed.Url);
        Set(body, "timestamp", embed.Timestamp?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (embed.Color is { } color)
        {
            body["color"] = color;
        }

        if (embed.Footer is not null)
        {
            body["footer"] = new JsonObject { ["text"] = embed.Footer };
        }

        if (embed.Author is not null)
        {
            body["author"] = new JsonObject { ["name"] = embed.Author };
        }

        if (embed.PictureName is not null)
        {
            body["image"] = new JsonObject { ["url"] = $"attachment://{embed.PictureName}" };
        }

        if (embed.Fields.Count > 0)
        {
            var fields = embed.Fields.Select(field =>
                (JsonNode)new JsonObject { ["name"] = field.Name, ["value"] = field.Value, ["inline"] = field.IsInline });
            body["fields"] = new JsonArray([.. fields]);
        }

        return body;
    }

    private static void Set(JsonObject body, string name, string? text)
    {
        if (text is not null)
        {
            body[name] = text;
        }
    }
}
