namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>The gateway's waits. Discord resets the token of a bot that logs in more than 1000 times a day.</summary>
internal sealed record GatewayTimes
{
    /// <summary>How long Discord has for its hello.</summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The least time between two logins: Discord takes one each 5 s.</summary>
    public TimeSpan Identify { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>The least time before a session is resumed, for the day when each resume is followed by a close.</summary>
    public TimeSpan Resume { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two tries.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The least wait before a session that Discord threw away is replaced; at most five times as long (Gateway, Resuming).</summary>
    public TimeSpan NewSession { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after Discord found that the bot sends too much.</summary>
    public TimeSpan TooMuch { get; init; } = TimeSpan.FromSeconds(60);
}
