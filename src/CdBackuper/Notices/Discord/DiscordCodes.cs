namespace CdBackuper.Notices.Discord;

/// <summary>Discord's numbers of errors that the program acts on (API reference, JSON Error Codes).</summary>
internal static class DiscordCodes
{
    public const int UnknownMessage = 10008;
    public const int UnknownMember = 10007;
    public const int TooManyEdits = 30046;
    public const int EntityTooLarge = 40005;
}
