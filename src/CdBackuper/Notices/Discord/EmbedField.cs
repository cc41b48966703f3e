namespace CdBackuper.Notices.Discord;

/// <summary>One fact of an embed.</summary>
/// <param name="Name">Its heading. Markdown counts: what comes from a disc goes through <see cref="DiscordText.Escape"/>.</param>
/// <param name="Value">The fact. A field without one is not sent.</param>
/// <param name="IsInline">True where it may stand beside others.</param>
internal sealed record EmbedField(string Name, string Value, bool IsInline = false);
