using System.Text.Json;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>What is to be done about an event.</summary>
internal abstract record GatewayAction
{
    private GatewayAction()
    {
    }

    /// <summary>Connect, after a wait, and instead of any connection there is.</summary>
    /// <param name="Url">The session's address; null for the one that Discord gives for a login.</param>
    /// <param name="Wait">How long to wait before.</param>
    public sealed record Connect(string? Url, TimeSpan Wait) : GatewayAction;

    /// <summary>Wait for the hello, and say when it is late.</summary>
    public sealed record AwaitHello(TimeSpan Limit) : GatewayAction;

    /// <summary>Say when heartbeats are due from now on.</summary>
    public sealed record StartBeats(TimeSpan First, TimeSpan Interval) : GatewayAction;

    /// <summary>Send a frame.</summary>
    public sealed record Send(JsonObject Frame) : GatewayAction;

    /// <summary>Close with a code that keeps the session.</summary>
    public sealed record Close(int Code) : GatewayAction;

    /// <summary>The bot is online: whatever was missed can be looked up now.</summary>
    /// <param name="Flags">The application's flags; null where Discord does not say, as after a resume.</param>
    public sealed record Online(long? Flags) : GatewayAction;

    /// <summary>Somebody wrote.</summary>
    public sealed record Wrote(JsonElement Body) : GatewayAction;

    /// <summary>Never connect again: a person has to change something.</summary>
    public sealed record Stop(string Message, string Next) : GatewayAction;
}
