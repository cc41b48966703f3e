using CdBackuper.Hosting;

namespace CdBackuper.Notices.Discord;

/// <summary>The settings whose names begin with DISCORD_. Meanings and bounds: docs/operations.md.</summary>
internal sealed record DiscordSettings
{
    /// <summary>Where Discord's API is when nothing else is set.</summary>
    public const string StandardApi = "https://discord.com/api/v10";

    /// <summary>DISCORD_WEBHOOK_URL: where notices go; null for nowhere.</summary>
    public WebhookAddress? Webhook { get; init; }

    /// <summary>DISCORD_API_URL: all requests go there. Another one than Discord's is a proxy, or a test.</summary>
    public Uri Api { get; init; } = new(StandardApi);

    /// <summary>DISCORD_BOT_TOKEN: who reads the replies; null for nobody.</summary>
    public Secret? BotToken { get; init; }

    /// <summary>DISCORD_CHANNEL_ID: where replies are read; null for the webhook's channel.</summary>
    public Snowflake? Channel { get; init; }

    /// <summary>DISCORD_LABEL_USERS: whose replies become labels.</summary>
    public IReadOnlySet<Snowflake> LabelUsers { get; init; } = new HashSet<Snowflake>();

    /// <summary>DISCORD_LABEL_ROLES: replies of whoever has one of these roles become labels.</summary>
    public IReadOnlySet<Snowflake> LabelRoles { get; init; } = new HashSet<Snowflake>();

    /// <summary>DISCORD_LABEL_EVERYONE: replies of everyone who can write in the channel become labels.</summary>
    public bool LabelEveryone { get; init; }

    /// <summary>Binds them; what is wrong is added to the reader's problems.</summary>
    public static DiscordSettings Read(SettingsReader reader)
    {
        var api = ApiOf(reader);
        return new()
        {
            Api = api,
            Webhook = WebhookOf(reader, api),
            BotToken = TokenOf(reader),
            Channel = reader.Optional("DISCORD_CHANNEL_ID") is { } channel
                ? Snowflake.TryParse(channel, out var id) ? id : Wrong(reader, "DISCORD_CHANNEL_ID", channel)
                : null,
            LabelUsers = Ids(reader, "DISCORD_LABEL_USERS"),
            LabelRoles = Ids(reader, "DISCORD_LABEL_ROLES"),
            LabelEveryone = reader.Switch("DISCORD_LABEL_EVERYONE", false),
        };
    }

    private static Uri ApiOf(SettingsReader reader)
    {
        var text = reader.Text("DISCORD_API_URL", StandardApi);
        if (Uri.TryCreate(text.Trim().TrimEnd('/'), UriKind.Absolute, out var api)
            && (api.Scheme == Uri.UriSchemeHttps || api.Scheme == Uri.UriSchemeHttp) && api.Query.Length == 0 && api.UserInfo.Length == 0)
        {
            return api;
        }

        return reader.Complain($"DISCORD_API_URL is no http address; without it {StandardApi} is used.", new Uri(StandardApi));
    }

    private static WebhookAddress? WebhookOf(SettingsReader reader, Uri api)
    {
        const string Name = "DISCORD_WEBHOOK_URL";
        if (reader.OptionalSecret(Name) is not { } text)
        {
            return null;
        }

        var address = WebhookAddress.Parse(text.Value, api, out var problem);
        return address ?? reader.Complain<WebhookAddress?>($"{Name} can't be used: {problem}.", null);
    }

    private static Secret? TokenOf(SettingsReader reader)
    {
        const string Name = "DISCORD_BOT_TOKEN";
        if (reader.OptionalSecret(Name) is not { } token)
        {
            return null;
        }

        // It goes into a header: a blank or a line end in it came with copying.
        return token.Value.All(letter => letter is > ' ' and < (char)127)
            ? token
            : reader.Complain<Secret?>($"{Name} has characters that no token has (blanks?); copy it again, without the word Bot.", null);
    }

    private static HashSet<Snowflake> Ids(SettingsReader reader, string name)
    {
        var ids = new HashSet<Snowflake>();
        foreach (var text in (reader.Optional(name) ?? "").Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            _ = Snowflake.TryParse(text, out var id) ? ids.Add(id) : Wrong(reader, name, text) is null;
        }

        return ids;
    }

    private static Snowflake? Wrong(SettingsReader reader, string name, string text) => reader.Complain<Snowflake?>(
        $"{name} has {text}; it takes ids of Discord: numbers of 17 to 20 digits, which Discord copies in developer mode.", null);
}
