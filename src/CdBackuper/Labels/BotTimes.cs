using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Discord.Gateway;

namespace CdBackuper.Labels;

/// <summary>The bot's waits.</summary>
internal sealed record BotTimes
{
    /// <summary>How often the channel is looked at while the gateway is down.</summary>
    public TimeSpan Offline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often it is looked at while the gateway says when somebody wrote.</summary>
    public TimeSpan Online { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the bot waits where the archive or Discord is away.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a bot that another one keeps from working looks whether that one is gone.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(5);

    public GatewayTimes Gateway { get; init; } = new();

    public HttpPatience Http { get; init; } = new();
}
