namespace CdBackuper.Notices.Discord;

/// <summary>How long a request is tried at once; after that whoever sends keeps it for later.</summary>
internal sealed record HttpPatience
{
    /// <summary>How often one request goes out.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>How long it waits in all for limits and for Discord to come back.</summary>
    public TimeSpan TotalWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one try may take.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause after a failure of Discord's; each further one is twice as long, up to a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
}
