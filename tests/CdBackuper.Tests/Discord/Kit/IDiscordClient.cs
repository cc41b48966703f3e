namespace CdBackuper.Tests.Discord.Kit;

/// <summary>A client of Discord: the real discord.js, or ours. Both do the same script with the same fake.</summary>
internal interface IDiscordClient : IAsyncDisposable
{
    /// <summary>What happened, one line each: <c>online</c>, <c>message ID ANSWERED TEXT</c>, <c>fetched ...</c>, <c>reacted ID</c>, <c>replied</c>, <c>stopped WHY</c>.</summary>
    IReadOnlyList<string> Happened { get; }

    Task FetchAsync(string message);

    Task ReactAsync(string message);

    Task ReplyAsync(string message, string text);
}
