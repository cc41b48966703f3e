using CdBackuper.Notices.Discord;

namespace CdBackuper.Labels;

/// <summary>What the bot found out about where it works.</summary>
/// <param name="Self">Its own user.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Channel">The channel where it reads.</param>
/// <param name="Guild">The server of that channel.</param>
internal sealed record BotPlace(Snowflake Self, string Name, Snowflake Channel, Snowflake Guild);
