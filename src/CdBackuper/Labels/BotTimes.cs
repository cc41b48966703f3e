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

    /// <summary>How soon it is looked again whether the message that a reply answers was noted.</summary>
    public TimeSpan Note { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after a reply its notice may be noted: network file systems show files of other machines a minute late (nfs(5), acdirmax).</summary>
    public TimeSpan NoteLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often it is looked whether an archive without any notice has one.</summary>
    public TimeSpan FirstNotice { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A mark or answer that fails for so long, while Discord answers else, is given up; the label stands.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromHours(1);

    public GatewayTimes Gateway { get; init; } = new();

    public HttpPatience Http { get; init; } = new();
}
