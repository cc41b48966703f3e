using CdBackuper.Archive.Store;
using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;
using CdBackuper.Tests.Linux;

namespace CdBackuper.Tests.Discord;

/// <summary>D: a bot that ends at any step of a reply, and the next one.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData("^PUT .*/reactions/", false)]
    [InlineData("^PUT .*/reactions/", true)]
    [InlineData("^POST channels/.*/messages$", false)]
    [InlineData("^POST channels/.*/messages$", true)]
    public async Task D_after_an_end_between_label_mark_and_answer_there_is_one_of_each(string step, bool wasDone)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        new DiscLabels(disc).Give(new() { Label = "before", Given = DateTimeOffset.UnixEpoch, Source = "command" }, "1");
        bench.Discord.Fail(step, wasDone ? Fault.DoneAndHang : Fault.Hang);
        var bot = bench.StartBot();
        var reply = bench.Discord.PostReply(notice, "after");
        Eventually.True(
            () => bench.Discord.Requests.Any(request => System.Text.RegularExpressions.Regex.IsMatch($"{request.Method} {request.Path}", step)),
            "the bot is at that step");
        await bot.StopAsync();
        Assert.Equal("after", disc.LoadLabel());
        Assert.False(bench.IsDone(reply));

        bench.StartBot();

        bench.WaitUntilDone(reply);
        Assert.Equal("after", disc.LoadLabel());
        Assert.Equal(["before", "after"], new DiscLabels(disc).History().Select(record => record.Label));
        Assert.Equal(["✅"], bench.MarksOf(reply));
        Assert.Single(bench.AnswersTo(reply));
    }

    [Fact]
    public async Task D_an_answer_that_Discord_no_longer_knows_by_its_nonce_is_not_given_twice()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Disc();
        var notice = bench.Notice();
        bench.Discord.Fail("^POST channels/.*/messages$", Fault.DoneAndHang);
        var bot = bench.StartBot();
        var reply = bench.Discord.PostReply(notice, "");
        Eventually.True(() => bench.AnswersTo(reply).Count == 1, "the answer is there");
        await bot.StopAsync();
        Assert.False(bench.IsDone(reply));

        bench.Discord.Messages.ForgetNonces();
        bench.StartBot();

        bench.WaitUntilDone(reply);
        Assert.Single(bench.AnswersTo(reply));
    }

    [Fact]
    public async Task D_an_answer_whose_confirmation_got_lost_is_not_given_twice()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Disc();
        var notice = bench.Notice();
        bench.Discord.Fail("^POST channels/.*/messages$", Fault.LoseAnswer);
        bench.Discord.Fail("^PUT .*/reactions/", Fault.LoseAnswer);
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "");

        bench.WaitUntilDone(reply);
        Assert.Single(bench.AnswersTo(reply));
        Assert.Equal(["❌"], bench.MarksOf(reply));
    }

    [Fact]
    public async Task A_bot_that_was_down_reads_no_reply_twice()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var bot = bench.StartBot();
        bench.WaitUntilDone(bench.Discord.PostReply(notice, "one"));
        await bot.StopAsync();
        disc.StoreLabel("by hand");

        bench.StartBot();
        var reply = bench.Discord.PostReply(notice, "two");

        bench.WaitUntilDone(reply);
        Assert.Equal("two", disc.LoadLabel());
        Assert.Equal(["one", "by hand", "two"], new DiscLabels(disc).History().Select(record => record.Label));
        Assert.Equal(2, bench.Discord.Requests.Count(request => request.Method == "PUT"));
    }

    [Fact]
    public async Task An_archive_that_is_away_is_waited_for_and_the_reply_is_taken_then()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var bot = bench.StartBot();
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the bot is at the gateway");
        var away = bench.Root.Path + ".away";
        Directory.Move(bench.Root.Path, away);

        var reply = bench.Discord.PostReply(notice, "the label");

        Eventually.True(() => bot.Said.Contains("The label bot waits", StringComparison.Ordinal), "the bot waits");
        Assert.Empty(bench.MarksOf(reply));
        if (Directory.Exists(bench.Root.Path))
        {
            Directory.Delete(bench.Root.Path, recursive: true);
        }

        Directory.Move(away, bench.Root.Path);
        bench.WaitUntilDone(reply);
        Assert.Equal("the label", disc.LoadLabel());
    }
}
