using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;
using CdBackuper.Tests.Linux;

namespace CdBackuper.Tests.Discord;

/// <summary>A: what the bot asks of Discord is what Discord's own description of its API has.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task A_every_request_of_the_bot_is_one_of_Discords()
    {
        var schema = DiscordSchema.Open();
        await using var bench = await BotBench.StartAsync();
        bench.Environment.Remove("DISCORD_LABEL_USERS");
        bench.Environment["DISCORD_LABEL_ROLES"] = FakeDiscord.Role;
        bench.Discord.Roles[FakeDiscord.Person] = [FakeDiscord.Role];
        bench.Disc();
        var notice = bench.Notice();
        bench.StartBot();

        // A label, another one with a word, a cross with a reason, one without.
        bench.WaitUntilDone(bench.Discord.PostReply(notice, "one"));
        bench.WaitUntilDone(bench.Discord.PostReply(notice, "two"), bench.Discord.PostReply(notice, ""), bench.Discord.PostReply(notice, "x", FakeDiscord.Stranger));
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the bot is at the gateway");

        var requests = bench.Discord.Requests;
        Assert.Empty(requests.SelectMany(schema.Problems));
        string[] kinds = ["users/@me", "channels/ID", "channels/ID/messages", "channels/ID/messages/ID", "guilds/ID/members/ID", "gateway/bot", "webhooks/ID/ID"];
        Assert.All(kinds, kind => Assert.Contains(requests, request => request.Method == "GET" && HasShape(request.Path, kind)));
        Assert.Contains(requests, request => request.Method == "PUT" && request.Path.EndsWith("/reactions/✅/@me", StringComparison.Ordinal));
        Assert.Contains(requests, request => request.Method == "POST" && request.Path.EndsWith("/messages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "channels/1/messages", "?limit=101")]
    [InlineData("GET", "channels/1/messages", "?limt=10")]
    [InlineData("GET", "channels/abc/messages", "")]
    [InlineData("PUT", "channels/1/messages", "")]
    [InlineData("POST", "channels/1/messages", "")]
    [InlineData("GET", "channel/1", "")]
    public void A_request_that_is_none_is_found_out(string method, string path, string query) =>
        Assert.NotEmpty(DiscordSchema.Open().Problems(new SeenRequest(method, path, query, null, null, null, null, [])));

    private static bool HasShape(string path, string kind) => path.Split('/') is var parts && kind.Split('/') is var names
        && parts.Length == names.Length && names.Zip(parts).All(pair => pair.First == "ID" || pair.First == pair.Second);
}
