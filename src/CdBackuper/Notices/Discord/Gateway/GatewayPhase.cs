namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>How far a connection to the gateway is.</summary>
internal enum GatewayPhase
{
    /// <summary>There is none, or it is being made.</summary>
    Offline,

    /// <summary>It stands, and Discord has not said hello.</summary>
    AwaitingHello,

    /// <summary>Logged in, and READY has not come.</summary>
    Identifying,

    /// <summary>Asked to go on with a session, and RESUMED has not come.</summary>
    Resuming,

    /// <summary>Events come.</summary>
    Online,
}
