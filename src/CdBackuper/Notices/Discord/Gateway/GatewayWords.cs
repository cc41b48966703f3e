namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>What people are told where the bot may not read what is written.</summary>
internal static class GatewayWords
{
    public const string NoContent = "The bot may not read what people write: its Message Content Intent is off (4014).";

    public const string SwitchContentOn =
        "Open discord.com/developers, your application, Bot, Privileged Gateway Intents, switch on Message Content Intent, save, and start the bot again.";

    /// <summary>GATEWAY_MESSAGE_CONTENT and GATEWAY_MESSAGE_CONTENT_LIMITED of an application's flags.</summary>
    public const long ContentFlags = (1 << 18) | (1 << 19);
}
