using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;
using CdBackuper.Tests.Linux;

namespace CdBackuper.Tests.Discord;

/// <summary>C: what the bot says where it can't work, and what it gets over by itself.</summary>
public sealed class BotFaultTests
{
    [Fact]
    public async Task C_4014_says_what_to_switch_on_and_ends_the_bot()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Discord.HasContentIntent = false;

        var problem = await bench.StartBot().ProblemAsync();

        Assert.Contains("4014", problem.Message, StringComparison.Ordinal);
        Assert.Contains("switch on Message Content Intent", problem.Next, StringComparison.Ordinal);
        Assert.Single(bench.Discord.Gateway.Log, "identify");
    }

    [Fact]
    public async Task C_a_wrong_token_is_tried_once_and_never_told()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Environment["DISCORD_BOT_TOKEN"] = "not-the-token";
        var bot = bench.StartBot();

        var problem = await bot.ProblemAsync();

        Assert.Contains("DISCORD_BOT_TOKEN", problem.Message, StringComparison.Ordinal);
        Assert.Single(bench.Discord.Requests);
        Assert.DoesNotContain("not-the-token", bot.Said + problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_a_token_that_the_gateway_does_not_take_ends_the_bot()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Disc();
        bench.Notice();
        var bot = bench.StartBot();
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the bot is at the gateway");

        bench.Discord.Gateway.Close(4004);

        Assert.Contains("4004", (await bot.ProblemAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^GET channels/[0-9]+$", 403, 50001, "can't see the channel")]
    [InlineData("^GET channels/[0-9]+$", 404, 10003, "can't see the channel")]
    [InlineData("^GET channels/.*/messages/", 403, 50001, "can't read what was written")]
    [InlineData("^GET webhooks", 404, 10015, "does not know webhook")]
    public async Task What_is_missing_at_the_start_is_said_by_name(string request, int status, int code, string said)
    {
        await using var bench = await BotBench.StartAsync();
        bench.Disc();
        bench.Notice();
        bench.Discord.Fail(request, Fault.Json(status, code, "Missing Access"), times: 100);

        var problem = await bench.StartBot().ProblemAsync();

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Next);
        Assert.DoesNotContain(FakeDiscord.WebhookToken, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_lists_for_want_of_the_history_are_noticed_at_the_start()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Disc();
        bench.Notice();
        bench.Discord.HasHistory = false;

        Assert.Contains("Read Message History", (await bench.StartBot().ProblemAsync()).Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_is_not_the_webhooks_is_refused()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Environment["DISCORD_CHANNEL_ID"] = FakeDiscord.OtherChannel;

        Assert.Contains(FakeDiscord.Channel, (await bench.StartBot().ProblemAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_a_gateway_that_never_works_does_not_keep_labels_from_being_read()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Discord.Gateway.SaysNoHello = true;
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "by asking alone");

        bench.WaitUntilDone(reply);
        Assert.Equal("by asking alone", disc.LoadLabel());
        Assert.Equal(0, bench.Discord.Gateway.Online);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(429)]
    public async Task C_a_Discord_that_is_down_for_a_while_is_waited_for(int status)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.Discord.Fail(".", status == 429 ? Fault.TooMany(0.1, isGlobal: true) : Fault.Page(status), times: 12);
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "the label");

        bench.WaitUntilDone(reply);
        Assert.Equal("the label", disc.LoadLabel());
        Assert.Equal(["✅"], bench.MarksOf(reply));
    }

    [Theory]
    [InlineData("^PUT .*/reactions/", 403, 90001)]
    [InlineData("^PUT .*/reactions/", 404, 10008)]
    [InlineData("^PUT .*/reactions/", 403, 50013)]
    public async Task C_a_mark_that_Discord_refuses_is_dropped_and_the_label_stays(string request, int status, int code)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.Discord.Fail(request, Fault.Json(status, code, "refused"));
        var bot = bench.StartBot();

        var first = bench.Discord.PostReply(notice, "one");
        bench.WaitUntilDone(first);
        var second = bench.Discord.PostReply(notice, "two");
        bench.WaitUntilDone(second);

        Assert.Empty(bench.MarksOf(first));
        Assert.Equal(["✅"], bench.MarksOf(second));
        Assert.Equal("two", disc.LoadLabel());
        Assert.Contains($"error {code}", bot.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^PUT .*/reactions/")]
    [InlineData("^POST channels/.*/messages$")]
    public async Task C_a_mark_or_answer_that_fails_for_ever_holds_up_no_other_reply_and_is_given_up(string step)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var first = bench.Discord.PostReply(notice, "");
        bench.Discord.Fail(step, Fault.Page(500), times: 100_000);
        var times = BotBench.Times with { GiveUp = TimeSpan.FromSeconds(1) };
        var bot = bench.StartBot(times);

        var second = bench.Discord.PostReply(notice, "the label");

        Eventually.True(() => disc.LoadLabel() == "the label", "the label is written while the first reply's mark fails");
        bench.WaitUntilDone(first, second);
        Assert.Contains("is given up", bot.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_a_mark_that_fails_is_set_once_it_can_be_and_others_are_set_meanwhile()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var first = bench.Discord.PostReply(notice, "one");
        bench.Discord.Fail($"^PUT .*{first}/reactions/", Fault.Page(500), times: 12);
        bench.StartBot();

        var second = bench.Discord.PostReply(notice, "two");

        bench.WaitUntilDone(second, first);
        var marks = bench.Discord.Requests.Where(request => request.Method == "PUT").Select(request => request.Path.Split('/')[3]).ToList();
        Assert.InRange(marks.IndexOf(second), 1, marks.LastIndexOf(first) - 1);
        Assert.Equal(["✅"], bench.MarksOf(first));
        Assert.Equal("two", disc.LoadLabel());
    }

    [Fact]
    public async Task Few_logins_that_are_left_are_kept_and_labels_are_read_by_asking()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Discord.Gateway.LoginsLeft = 19;
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var bot = bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "the label");

        bench.WaitUntilDone(reply);
        Assert.Equal("the label", disc.LoadLabel());
        Assert.DoesNotContain("identify", bench.Discord.Gateway.Log);
        Assert.Contains("only a few times more today", bot.Said, StringComparison.Ordinal);
    }
}
