namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>All that is known of the gateway between two events.</summary>
internal sealed record GatewayState
{
    public GatewayPhase Phase { get; init; }

    /// <summary>What can be resumed; null for nothing.</summary>
    public GatewaySession? Session { get; init; }

    /// <summary>The number of the last event, goes back in heartbeats and resumes; null before the first.</summary>
    public long? Sequence { get; init; }

    /// <summary>True from a heartbeat until Discord's answer to it.</summary>
    public bool AwaitsAck { get; init; }

    /// <summary>How many resumes in a row did not lead to RESUMED.</summary>
    public int FailedResumes { get; init; }

    /// <summary>How many connections in a row did not lead to events.</summary>
    public int Failures { get; init; }

    /// <summary>When the bot last logged in, on the caller's monotonic clock; null for never.</summary>
    public TimeSpan? LastIdentify { get; init; }
}
