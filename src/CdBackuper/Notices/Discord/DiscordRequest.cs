using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord;

/// <summary>One request to Discord's API, so that it can be sent again.</summary>
/// <param name="Method">GET, POST, PUT, PATCH.</param>
/// <param name="Route">Its path with names for the ids in it: what a rate limit belongs to. Holds no secret.</param>
/// <param name="Major">The channel or webhook in the path: each has limits of its own. Never printed, a webhook's holds its token.</param>
/// <param name="Path">The path below the API's address, with its query.</param>
internal sealed record DiscordRequest(HttpMethod Method, string Route, string Major, string Path)
{
    /// <summary>What is sent as JSON; null for nothing.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Files beside the JSON: the request is multipart then.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    public override string ToString() => $"{Method} {Route}";
}
