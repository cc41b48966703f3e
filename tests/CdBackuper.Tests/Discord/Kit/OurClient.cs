using CdBackuper.Fakes;
using CdBackuper.Hosting;
using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Discord.Gateway;
using Microsoft.Extensions.Logging.Abstractions;

namespace CdBackuper.Tests.Discord.Kit;

/// <summary>Our own gateway client and bot requests.</summary>
internal sealed class OurClient : IDiscordClient
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> happened = [];
    private readonly DiscordHttp http;
    private readonly DiscordBotHttp bot;
    private readonly Snowflake channel;
    private readonly Task running;

    public OurClient(FakeDiscord discord, string token)
    {
        channel = Id(FakeDiscord.Channel);
        var secret = new Secret(token);
        http = new(new(discord.ApiUrl), secret, BotBench.Times.Http, TimeProvider.System);
        bot = new(http);
        running = RunAsync(new(bot, secret, BotBench.Times.Gateway, TimeProvider.System, NullLogger.Instance));
    }

    public IReadOnlyList<string> Happened
    {
        get
        {
            lock (happened)
            {
                return [.. happened];
            }
        }
    }

    public async Task FetchAsync(string message) => Tell("fetched", (await Good(bot.MessageAsync(channel, Id(message), stop.Token))).Body);

    public async Task ReactAsync(string message)
    {
        await Good(bot.ReactAsync(channel, Id(message), DiscordBotHttp.Done, stop.Token));
        Tell($"reacted {message}");
    }

    public async Task ReplyAsync(string message, string text)
    {
        await Good(bot.AnswerAsync(channel, Id(message), text, stop.Token));
        Tell("replied");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(GatewayClient gateway)
    {
        var end = await gateway.RunAsync(_ => Tell("online"), message => Tell("message", message), stop.Token);
        Tell($"stopped {end.Message}");
    }

    private static Snowflake Id(string text) => Snowflake.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static async Task<DiscordReply.Answer> Good(Task<DiscordReply> reply) =>
        await reply is DiscordReply.Answer { IsSuccess: true } answer ? answer : throw new InvalidOperationException((await reply).ToString());

    private void Tell(string what, System.Text.Json.JsonElement message) =>
        Tell($"{what} {message.Text("id")} {ReplyMessage.Parse(message)?.Answers} {message.Text("content")}");

    private void Tell(string line)
    {
        lock (happened)
        {
            happened.Add(line);
        }
    }
}
