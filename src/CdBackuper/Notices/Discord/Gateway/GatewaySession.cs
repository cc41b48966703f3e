namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>A session that can be resumed.</summary>
/// <param name="Id">Discord's name for it.</param>
/// <param name="Url">Where it is resumed.</param>
internal sealed record GatewaySession(string Id, string Url);
