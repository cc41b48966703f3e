using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;
using CdBackuper.Tests.Linux;

namespace CdBackuper.Tests.Discord;

/// <summary>
/// B: one script for two clients of the fake Discord. That the real discord.js gets through it shows that the fake is like Discord; that
/// ours does shows that ours is like discord.js.
/// </summary>
public sealed class ClientTests
{
    public enum Kind
    {
        DiscordJs,
        Ours,
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task B_login_a_reply_with_its_reference_fetch_react_and_answer(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);
        var notice = discord.PostNotice();

        var reply = discord.PostReply(notice, "Summer 2003");
        WaitFor(client, $"message {reply} {notice} Summer 2003");
        await client.FetchAsync(reply);
        WaitFor(client, $"fetched {reply} {notice} Summer 2003");
        await client.ReactAsync(reply);
        WaitFor(client, $"reacted {reply}");
        await client.ReplyAsync(reply, "thanks");
        WaitFor(client, "replied");

        Assert.Equal([(reply, "✅", FakeDiscord.Bot)], discord.Messages.Reactions);
        var answer = discord.Messages.All[^1];
        Assert.Equal(("thanks", reply, 19), ((string)answer["content"]!, (string)answer["message_reference"]!["message_id"]!, (int)answer["type"]!));
        Assert.Equal(["connect gateway", "identify"], discord.Gateway.Log.Where(line => line != "beat"));
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_a_connection_that_is_killed_is_resumed_and_what_was_missed_comes(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);
        var notice = discord.PostNotice();

        discord.Gateway.Kill();
        var reply = discord.PostReply(notice, "while it was away");

        WaitFor(client, $"message {reply} {notice} while it was away");
        WaitUntilOnline(client, discord, times: 2);
        Assert.Equal(["connect gateway", "identify", "connect resume", "resume"], Steps(discord));
        Assert.Single(client.Happened, line => line.StartsWith($"message {reply}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_op_7_is_followed_by_a_resume(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.AskToReconnect();

        WaitUntilOnline(client, discord, times: 2);
        WaitFor(client, $"message {discord.PostTalk("hello")}  hello");
        Assert.Equal(["connect gateway", "identify", "connect resume", "resume"], Steps(discord));
    }

    [Theory]
    [InlineData(Kind.DiscordJs, true)]
    [InlineData(Kind.DiscordJs, false)]
    [InlineData(Kind.Ours, true)]
    [InlineData(Kind.Ours, false)]
    public async Task C_op_9_is_followed_by_a_resume_or_by_a_login(Kind kind, bool isResumable)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.Invalidate(isResumable);

        WaitUntilOnline(client, discord, times: 2);
        WaitFor(client, $"message {discord.PostTalk("hello")}  hello");
        Assert.Equal(isResumable ? "resume" : "identify", Steps(discord)[^1]);
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_a_connection_without_acks_is_a_zombie_and_left_for_a_resume(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        discord.Gateway.HeartbeatInterval = 400;
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.DropsAcks = true;
        Eventually.True(() => Steps(discord).Contains("resume"), "the zombie is left");
        discord.Gateway.DropsAcks = false;

        Eventually.True(() => discord.Gateway.Online == 1, "the client is back");
        Assert.DoesNotContain(discord.Gateway.Log, line => line is "close 1000" or "close 1001");
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_a_beat_that_is_asked_for_comes_at_once(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        discord.Gateway.HeartbeatInterval = 600_000;
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.AskForBeat();

        Eventually.True(() => discord.Gateway.Log.Contains("beat"), "a beat came");
    }

    [Theory]
    [InlineData(Kind.DiscordJs, 4000, "resume")]
    [InlineData(Kind.DiscordJs, 4007, "identify")]
    [InlineData(Kind.Ours, 4000, "resume")]
    [InlineData(Kind.Ours, 4001, "resume")]
    [InlineData(Kind.Ours, 4003, "identify")]
    [InlineData(Kind.Ours, 4007, "identify")]
    [InlineData(Kind.Ours, 4008, "resume")]
    [InlineData(Kind.Ours, 4009, "identify")]
    public async Task C_a_close_is_followed_by_what_its_code_allows(Kind kind, int code, string next)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.Close(code);

        WaitUntilOnline(client, discord, times: 2);
        Assert.Equal(next, Steps(discord)[^1]);
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_4014_ends_the_client(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        discord.HasContentIntent = false;
        await using var client = Start(kind, discord);

        Eventually.True(() => client.Happened.Any(line => line.StartsWith("stopped", StringComparison.Ordinal)), string.Join('\n', client.Happened));

        Assert.Single(discord.Gateway.Log, "identify");
    }

    [Theory]
    [InlineData(Kind.DiscordJs)]
    [InlineData(Kind.Ours)]
    public async Task C_4004_ends_the_client(Kind kind)
    {
        await using var discord = await FakeDiscord.StartAsync();
        await using var client = Start(kind, discord);
        WaitUntilOnline(client, discord);

        discord.Gateway.Close(4004);

        Eventually.True(() => client.Happened.Any(line => line.StartsWith("stopped", StringComparison.Ordinal)), string.Join('\n', client.Happened));
        Assert.Single(discord.Gateway.Log, "identify");
    }

    private static IDiscordClient Start(Kind kind, FakeDiscord discord) => kind == Kind.DiscordJs
        ? new DiscordJs(discord, FakeDiscord.Token)
        : new OurClient(discord, FakeDiscord.Token);

    /// <summary>Connections and logins, without beats and ends.</summary>
    private static IReadOnlyList<string> Steps(FakeDiscord discord) =>
        [.. discord.Gateway.Log.Where(line => line.StartsWith("connect", StringComparison.Ordinal) || line is "identify" or "resume")];

    private static void WaitUntilOnline(IDiscordClient client, FakeDiscord discord, int times = 1) => Eventually.True(
        () => client.Happened.Count(line => line == "online") >= times && discord.Gateway.Online == 1,
        $"the client is online: {string.Join('\n', client.Happened)}\n{string.Join('\n', discord.Gateway.Log)}\n{string.Join('\n', discord.Requests)}");

    private static void WaitFor(IDiscordClient client, string line) =>
        Eventually.True(() => client.Happened.Contains(line), $"'{line}' happened");
}
