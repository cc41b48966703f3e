using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CdBackuper.EndToEnd.Kit;
using CdBackuper.Fakes;

namespace CdBackuper.EndToEnd;

/// <summary>The running <c>bot</c>, and the bot in the running <c>watch</c> and <c>serve</c>, with a Discord on loopback.</summary>
public sealed class LabelBotTests
{
    private const int Limit = 60;

    [Fact]
    public async Task A_reply_becomes_the_label_of_an_imported_disc_and_no_secret_is_told()
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var notice = ImportAndTell(bench, discord);
        using var bot = Node(bench, discord).Start("bot", "--archive", bench.Archive);

        var reply = discord.PostReply(notice, "Summer 2003");

        WaitForMark(discord, reply, bot);
        Assert.Equal(0, bot.StopWith("TERM").ExitCode);
        Assert.Equal("Summer 2003\n", File.ReadAllText(bench.OnlyDisc["label.txt"]));
        Assert.Equal("Summer 2003", bench.Node().Show("0001").Expect(0).Json.Text("label"));
        Assert.Contains("is now called \"Summer 2003\"", bot.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeDiscord.Token, bot.Out + bot.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeDiscord.WebhookToken, bot.Out + bot.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^PUT .*/reactions/", false)]
    [InlineData("^PUT .*/reactions/", true)]
    [InlineData("^POST channels/.*/messages$", false)]
    [InlineData("^POST channels/.*/messages$", true)]
    public async Task D_killed_between_label_mark_and_answer_it_leaves_one_of_each(string step, bool wasDone)
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var notice = ImportAndTell(bench, discord);
        bench.Node().Run("label", "1", "before", "--archive", bench.Archive).Expect(0);
        discord.Fail(step, wasDone ? Fault.DoneAndHang : Fault.Hang);
        var reply = discord.PostReply(notice, "after");
        using (var bot = Node(bench, discord).Start("bot", "--archive", bench.Archive))
        {
            Until.True(() => discord.Requests.Any(request => Regex.IsMatch($"{request.Method} {request.Path}", step)), Limit, () => bot.Error);
            bot.StopWith("KILL");
        }

        using var next = Node(bench, discord).Start("bot", "--archive", bench.Archive);

        WaitForMark(discord, reply, next);
        Until.True(() => Answers(discord, reply) == 1, Limit, () => next.Error);
        var record = Path.Combine(bench.Archive, ".cdbackuper/replies", $"{reply}.json");
        Until.True(() => (string?)JsonNode.Parse(File.ReadAllText(record))!["state"] == "Replied", Limit, () => next.Error);
        Assert.Equal("after\n", File.ReadAllText(bench.OnlyDisc["label.txt"]));
        Assert.Equal(2, bench.OnlyDisc.Matching("labels/*.json").Count);
        Assert.Single(discord.Messages.Reactions);
        Assert.Equal(1, Answers(discord, reply));
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("serve")]
    public async Task The_bot_works_inside(string command)
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        var notice = ImportAndTell(bench, discord);
        using var process = Node(bench, discord).With("HTTP_LISTEN", "127.0.0.1:0").Start(command, "--archive", bench.Archive);

        var reply = discord.PostReply(notice, "Summer 2003");

        WaitForMark(discord, reply, process);
        Assert.Equal("Summer 2003\n", File.ReadAllText(bench.OnlyDisc["label.txt"]));
        Assert.Contains(process.StopWith("TERM").ExitCode, new[] { 0, 130 });
    }

    [Fact]
    public async Task Without_the_intent_it_ends_and_says_what_to_switch_on()
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        discord.HasContentIntent = false;
        ImportAndTell(bench, discord);

        var result = Node(bench, discord).Run("bot", "--archive", bench.Archive);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("switch on Message Content Intent", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_token_it_says_where_to_read_how_to_get_one()
    {
        using var bench = new Bench();

        var result = bench.Node().Run("bot", "--archive", bench.Archive);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("docs/discord.md", result.Error, StringComparison.Ordinal);
    }

    private static string ImportAndTell(Bench bench, FakeDiscord discord)
    {
        bench.Node().Import(bench.Photographs(seed: 1701).Path).Expect(0);
        var notice = discord.PostNotice();
        var ledger = Directory.CreateDirectory(Path.Combine(bench.Archive, ".cdbackuper/notices")).FullName;
        var record = new JsonObject
        {
            ["message"] = notice,
            ["channel"] = FakeDiscord.Channel,
            ["webhook"] = FakeDiscord.Webhook,
            ["folder"] = bench.OnlyDisc.Name,
            ["sent"] = "2026-11-24T10:00:00+00:00",
        };
        File.WriteAllText(Path.Combine(ledger, $"{notice}.json"), record.ToJsonString());
        return notice;
    }

    private static Backuper Node(Bench bench, FakeDiscord discord) => bench.Node()
        .With("DISCORD_API_URL", discord.ApiUrl)
        .With("DISCORD_WEBHOOK_URL", discord.WebhookUrl)
        .With("DISCORD_BOT_TOKEN", FakeDiscord.Token)
        .With("DISCORD_LABEL_USERS", FakeDiscord.Person);

    private static int Answers(FakeDiscord discord, string reply) => discord.Messages.All.Count(message =>
        (string?)message["author"]!["id"] == FakeDiscord.Bot && (string?)message["message_reference"]?["message_id"] == reply);

    private static void WaitForMark(FakeDiscord discord, string reply, RunningProcess bot) =>
        Until.True(() => discord.Messages.Reactions.Contains((reply, "✅", FakeDiscord.Bot)), Limit, () => bot.Out + bot.Error);
}
