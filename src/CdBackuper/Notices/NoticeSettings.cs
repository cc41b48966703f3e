using CdBackuper.Hosting;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Notices;

/// <summary>Which notices go where. Names, meanings and bounds: docs/notifications.md.</summary>
internal sealed record NoticeSettings
{
    private const int DefaultWaitSeconds = 20;

    private const int MaxWaitSeconds = 600;

    /// <summary>DISCORD_EVENTS: what Discord is told.</summary>
    public IReadOnlySet<NoticeKind> DiscordKinds { get; init; } = KindWords.Choices.ToHashSet();

    /// <summary>DISCORD_PROGRESS: a message for discs that take long.</summary>
    public bool DiscordProgress { get; init; } = true;

    /// <summary>DISCORD_CONTACT_SHEET: small pictures of the photographs.</summary>
    public bool ContactSheet { get; init; }

    /// <summary>NOTIFY_WEBHOOK_...; null where none is set.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>NOTIFY_NTFY_...; null where none is set.</summary>
    public NtfySettings? Ntfy { get; init; }

    /// <summary>NOTIFY_APPRISE_...; null where none is set.</summary>
    public AppriseSettings? Apprise { get; init; }

    /// <summary>NOTIFY_HOOK...; null where none is set.</summary>
    public HookSettings? Hook { get; init; }

    /// <summary>NOTIFY_WAIT: how long an import waits at its end for what is sent.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(DefaultWaitSeconds);

    /// <summary>Binds them; what is wrong is added to the reader's problems.</summary>
    public static NoticeSettings Read(SettingsReader reader)
    {
        var hook = ReadHook(reader);

        // A hook that may run for longer than an import waits would be cut off each time.
        var wait = Math.Clamp((int)(hook?.Limit.TotalSeconds ?? 0), DefaultWaitSeconds, MaxWaitSeconds);
        return new()
        {
            DiscordKinds = Kinds(reader, "DISCORD_EVENTS"),
            DiscordProgress = reader.Switch("DISCORD_PROGRESS", true),
            ContactSheet = reader.Switch("DISCORD_CONTACT_SHEET", false),
            Webhook = ReadWebhook(reader),
            Ntfy = ReadNtfy(reader),
            Apprise = ReadApprise(reader),
            Hook = hook,
            Wait = TimeSpan.FromSeconds(reader.Number("NOTIFY_WAIT", wait, 0, MaxWaitSeconds)),
        };
    }

    private static WebhookSettings? ReadWebhook(SettingsReader reader)
    {
        var url = Url(reader, "NOTIFY_WEBHOOK_URL");
        var secret = reader.OptionalSecret("NOTIFY_WEBHOOK_SECRET");
        var format = reader.Word("NOTIFY_WEBHOOK_FORMAT", "json", "cloudevents");
        var kinds = Kinds(reader, "NOTIFY_WEBHOOK_EVENTS");
        return url is null ? null : new(url, secret, format == "cloudevents", kinds);
    }

    private static NtfySettings? ReadNtfy(SettingsReader reader)
    {
        const string Name = "NOTIFY_NTFY_URL";
        var url = Url(reader, Name);
        var token = Header(reader, "NOTIFY_NTFY_TOKEN");
        var kinds = Kinds(reader, "NOTIFY_NTFY_EVENTS");
        if (url is null)
        {
            return null;
        }

        var topic = url.AbsolutePath.Split('/')[^1];
        return topic.Length is > 0 and <= 64 && topic.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? new(new(url, "."), topic, token, kinds)
            : reader.Complain<NtfySettings?>($"{Name} names no topic; it looks like https://ntfy.sh/TOPIC.", null);
    }

    private static AppriseSettings? ReadApprise(SettingsReader reader)
    {
        var url = Url(reader, "NOTIFY_APPRISE_URL");
        var tag = reader.Optional("NOTIFY_APPRISE_TAG");
        var kinds = Kinds(reader, "NOTIFY_APPRISE_EVENTS");
        return url is null ? null : new(url, tag, kinds);
    }

    private static HookSettings? ReadHook(SettingsReader reader)
    {
        const string Name = "NOTIFY_HOOK";
        var text = reader.Optional(Name);
        var limit = TimeSpan.FromSeconds(reader.Number("NOTIFY_HOOK_TIMEOUT", 60, 1, 3600));
        var kinds = Kinds(reader, "NOTIFY_HOOK_EVENTS");
        if (text is null)
        {
            return null;
        }

        return HookSettings.ParseCommand(text) is { } command
            ? new(command, limit, kinds)
            : reader.Complain<HookSettings?>(
                $"{Name} is no command; it takes a program and its arguments, separated by blanks, or as JSON: [\"/opt/tell\", \"a b\"].", null);
    }

    /// <summary>Addresses are secrets: whoever knows a topic or a webhook can use it.</summary>
    private static Uri? Url(SettingsReader reader, string name)
    {
        if (reader.OptionalSecret(name) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text.Value, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : reader.Complain<Uri?>($"{name} is no address that begins with http:// or https://, without a name or password in it.", null);
    }

    private static Secret? Header(SettingsReader reader, string name) =>
        reader.OptionalSecret(name) is not { } secret ? null
            : secret.Value.All(letter => letter is >= ' ' and < (char)127) ? secret
            : reader.Complain<Secret?>($"{name} has characters that no token has; copy it again.", null);

    private static IReadOnlySet<NoticeKind> Kinds(SettingsReader reader, string name)
    {
        var words = reader.Optional(name)?.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        var wrong = words.Where(word => word != "all" && !KindWords.Choices.Any(kind => KindWords.Of(kind) == word)).ToArray();
        if (wrong.Length > 0)
        {
            return reader.Complain<IReadOnlySet<NoticeKind>>(
                $"{name} has {wrong[0]}; it takes all, or some of {string.Join(' ', KindWords.Choices.Select(KindWords.Of))}.", KindWords.Choices.ToHashSet());
        }

        return KindWords.Choices
            .Where(kind => words.Length == 0 || words.Contains("all") || words.Contains(KindWords.Of(kind))).ToHashSet();
    }
}
