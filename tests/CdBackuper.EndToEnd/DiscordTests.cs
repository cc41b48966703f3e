using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;
using CdBackuper.Fakes;

namespace CdBackuper.EndToEnd;

/// <summary>The whole way: a disc in a tray, its notice in the channel, a person's reply, the label in the archive.</summary>
public sealed class DiscordTests
{
    private const int Limit = 90;

    [Fact]
    public async Task From_the_tray_to_a_notice_with_a_picture_to_a_reply_to_the_label_and_its_mark()
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var tray = bench.Folder.NewFolder("tray");
        using var watch = bench.Node()
            .With("DISCORD_API_URL", discord.ApiUrl).With("DISCORD_WEBHOOK_URL", discord.WebhookUrl)
            .With("DISCORD_BOT_TOKEN", FakeDiscord.Token).With("DISCORD_LABEL_USERS", FakeDiscord.Person)
            .StartWatch(tray);
        var disc = bench.Photographs(seed: 2201, label: "*SUMMER*");

        disc.CopyTo(Path.Combine(tray, "disc.iso"));
        Until.True(() => Notices(discord).Count == 1 && IsNoted(bench, Notices(discord)[0]), Limit, () => watch.Error);
        var notice = Notices(discord)[0];
        var reply = discord.PostReply((string)notice["id"]!, "Summer 2003, Été à la mer");
        Until.True(() => MarksOf(discord, reply).Count > 0, Limit, () => $"{watch.Error}{string.Join('\n', discord.Requests)}");

        Assert.Equal(["✅"], MarksOf(discord, reply));
        Assert.Equal("Summer 2003, Été à la mer\n", File.ReadAllText(bench.OnlyDisc["label.txt"]));
        bench.OnlyDisc.MustHoldAllOf(disc);
        var sent = discord.Requests.Single(request => request.Method == "POST" && request.Path.Contains("webhooks/", StringComparison.Ordinal));
        var picture = Assert.Single(sent.Files);
        Assert.Equal("map.png", picture.Name);
        Assert.Equal([0x89, .. "PNG"u8], picture.Bytes[..4]);
        Assert.DoesNotContain(FakeDiscord.WebhookToken, watch.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeDiscord.Token, watch.Error, StringComparison.Ordinal);
        Assert.Equal(0, watch.StopWith("TERM").ExitCode);
    }

    [Fact]
    public async Task A_notice_that_could_not_be_sent_for_a_while_can_be_answered_all_the_same()
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var node = bench.Node()
            .With("DISCORD_API_URL", discord.ApiUrl).With("DISCORD_WEBHOOK_URL", discord.WebhookUrl)
            .With("DISCORD_BOT_TOKEN", FakeDiscord.Token).With("DISCORD_LABEL_USERS", FakeDiscord.Person);
        discord.Fail("^POST .*webhooks/", Fault.Page(503), times: 4);
        node.Import(bench.Photographs(seed: 2202).Path).Expect(0);
        Assert.Empty(Notices(discord));

        using var watch = node.StartWatch(bench.Folder.NewFolder("tray"));
        Until.True(() => Notices(discord).Count == 1 && IsNoted(bench, Notices(discord)[0]), Limit, () => watch.Error);
        var reply = discord.PostReply((string)Notices(discord)[0]["id"]!, "Late");
        Until.True(() => MarksOf(discord, reply).Count > 0, Limit, () => $"{watch.Error}{string.Join('\n', discord.Requests)}");

        Assert.Equal("Late\n", File.ReadAllText(bench.OnlyDisc["label.txt"]));
        Assert.Equal(0, watch.StopWith("TERM").ExitCode);
    }

    /// <summary>A person takes longer to answer than the program to note what it sent.</summary>
    private static bool IsNoted(Bench bench, JsonObject notice) =>
        File.Exists(Path.Combine(bench.Archive, ".cdbackuper/notices", $"{notice["id"]}.json"));

    private static IReadOnlyList<JsonObject> Notices(FakeDiscord discord) =>
        [.. discord.Messages.All.Where(message => (string?)message["webhook_id"] == FakeDiscord.Webhook)];

    private static IReadOnlyList<string> MarksOf(FakeDiscord discord, string reply) =>
        [.. discord.Messages.Reactions.Where(reaction => reaction.Message == reply && reaction.User == FakeDiscord.Bot).Select(reaction => reaction.Emoji)];
}
