namespace CdBackuper.Notices.Discord;

/// <summary>What a webhook sends, or what a message of it becomes by an edit. It never notifies a person by name.</summary>
internal sealed record WebhookMessage
{
    /// <summary>The text above the boxes, markdown; null for none.</summary>
    public string? Content { get; init; }

    /// <summary>The boxes.</summary>
    public IReadOnlyList<Embed> Embeds { get; init; } = [];

    /// <summary>Files sent along. An edit without any keeps those that are there; an edit with some replaces all.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>True where nobody's device is to make a sound. Of no meaning in an edit.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Who it is from, in place of the webhook's own name; null for that. Of no meaning in an edit.</summary>
    public string? Username { get; init; }

    /// <summary>Its picture's address, from the settings alone; null for the webhook's own. Of no meaning in an edit.</summary>
    public string? AvatarUrl { get; init; }
}
