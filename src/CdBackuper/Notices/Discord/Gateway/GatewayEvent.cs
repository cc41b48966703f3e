using System.Text.Json;

namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>What happens to the gateway.</summary>
internal abstract record GatewayEvent
{
    private GatewayEvent()
    {
    }

    /// <summary>The bot wants a connection.</summary>
    public sealed record Start : GatewayEvent;

    /// <summary>The connection stands.</summary>
    public sealed record Opened : GatewayEvent;

    /// <summary>The connection could not be made.</summary>
    public sealed record OpenFailed : GatewayEvent;

    /// <summary>Discord did not say hello in time.</summary>
    public sealed record HelloLate : GatewayEvent;

    /// <summary>It is time for a heartbeat.</summary>
    public sealed record BeatDue : GatewayEvent;

    /// <summary>The connection ended.</summary>
    /// <param name="Code">Discord's close code; null where it broke off without one.</param>
    public sealed record Closed(int? Code) : GatewayEvent;

    /// <summary>A frame came.</summary>
    /// <param name="Op">Its kind.</param>
    /// <param name="Body">What it holds (d).</param>
    /// <param name="Sequence">Its number (s), for events.</param>
    /// <param name="Name">Its name (t), for events.</param>
    public sealed record Frame(int Op, JsonElement Body, long? Sequence = null, string? Name = null) : GatewayEvent;
}
