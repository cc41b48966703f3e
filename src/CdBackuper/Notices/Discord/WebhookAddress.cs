namespace CdBackuper.Notices.Discord;

/// <summary>A webhook's address: whoever has it can post. Printed, it shows which one it is and nothing that could be used.</summary>
internal sealed record WebhookAddress
{
    private static readonly string[] Hosts = ["discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"];

    private WebhookAddress(Snowflake id, string token, Snowflake? thread)
    {
        Id = id;
        Token = token;
        Thread = thread;
    }

    /// <summary>The webhook's id; no secret.</summary>
    public Snowflake Id { get; }

    /// <summary>The secret half.</summary>
    public string Token { get; }

    /// <summary>The thread that it posts to; null for the channel itself.</summary>
    public Snowflake? Thread { get; }

    /// <summary>Reads an address as Discord's settings page gives it.</summary>
    /// <param name="text">The address.</param>
    /// <param name="api">Where Discord's API is by the settings: addresses of its host are right too.</param>
    /// <param name="problem">What is wrong with it, without the address; null where nothing is.</param>
    public static WebhookAddress? Parse(string text, Uri api, out string? problem)
    {
        problem = "it is no address of a webhook; it looks like https://discord.com/api/webhooks/ID/TOKEN";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url))
        {
            return null;
        }

        var isOverride = url.Host == api.Host && url.Port == api.Port && url.Scheme == api.Scheme;
        if (!isOverride && !(url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && Hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)))
        {
            problem = "its host is not Discord's, or it is not https";
            return null;
        }

        var parts = url.AbsolutePath.Trim('/').Split('/');
        var start = Array.IndexOf(parts, "webhooks");
        if (start < 0 || parts.Length != start + 3 || !Snowflake.TryParse(parts[start + 1], out var id) || !IsToken(parts[start + 2]))
        {
            return null;
        }

        Snowflake? thread = null;
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            thread = pair.StartsWith("thread_id=", StringComparison.Ordinal) && Snowflake.TryParse(pair[10..], out var given) ? given : thread;
        }

        problem = null;
        return new(id, parts[start + 2], thread);
    }

    public override string ToString() => $"webhook {Id} (…{Token[^Math.Min(4, Token.Length / 4)..]})";

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
