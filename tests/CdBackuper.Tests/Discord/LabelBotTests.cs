using CdBackuper.Archive.Store;
using CdBackuper.Fakes;
using CdBackuper.Notices.Discord;
using CdBackuper.Tests.Discord.Kit;
using CdBackuper.Tests.Linux;

namespace CdBackuper.Tests.Discord;

/// <summary>The bot between a Discord and an archive: which replies become labels, once, in order, whatever fails.</summary>
public sealed class LabelBotTests
{
    [Fact]
    public async Task A_reply_to_our_notice_becomes_the_label_and_gets_its_mark()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the bot is at the gateway");

        var reply = bench.Discord.PostReply(notice, "Summer 2003, E\u0301te\u0301 \n à la mer");

        bench.WaitUntilDone(reply);
        Assert.Equal("Summer 2003, Été à la mer\n", File.ReadAllText(disc.LabelPath));
        Assert.Equal(["✅"], bench.MarksOf(reply));
        Assert.Empty(bench.AnswersTo(reply));
        var record = Assert.Single(new DiscLabels(disc).History());
        Assert.Equal(("discord", reply, $"Maurice ({FakeDiscord.Person})"), (record.Source, record.Reply, record.By));
    }

    [Fact]
    public async Task A_second_reply_replaces_the_label_and_the_first_stays_in_the_history()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var first = bench.Discord.PostReply(notice, "Sommer");
        bench.WaitUntilDone(first);
        var second = bench.Discord.PostReply(notice, "Sommer *2003*");
        bench.WaitUntilDone(second);

        Assert.Equal("Sommer *2003*", disc.LoadLabel());
        Assert.Equal(["Sommer", "Sommer *2003*"], new DiscLabels(disc).History().Select(record => record.Label));
        Assert.Equal([@"The label is “Sommer \*2003\*” now. It was “Sommer”."], bench.AnswersTo(second));
    }

    [Fact]
    public async Task E_250_replies_while_the_bot_was_down_are_all_labelled_once_and_in_order()
    {
        await using var bench = await BotBench.StartAsync();
        var disc = bench.Disc();
        var notices = Enumerable.Range(0, 250).Select(number => (Folder: $"disc-{number}", Id: "")).Select(item =>
        {
            bench.Disc(item.Folder);
            return bench.Notice(item.Folder);
        }).ToArray();
        var replies = notices.Select((notice, number) =>
        {
            bench.Discord.PostTalk("what is that one?");
            return bench.Discord.PostReply(notice, $"label {number}");
        }).ToArray();
        bench.Discord.Limit("^PUT .*/reactions/", 10, TimeSpan.FromMilliseconds(200));

        // A mark whose answer is late is put once more: what is asked here is not how fast a busy machine answers.
        bench.StartBot(BotBench.Times with { Http = BotBench.Times.Http with { Answer = new HttpPatience().Answer } });

        bench.WaitUntilDone(replies);
        Assert.All(replies.Index(), item => Assert.Equal($"label {item.Index}", bench.Root.Disc($"disc-{item.Index}").LoadLabel()));
        Assert.All(replies.Index(), item => Assert.Single(new DiscLabels(bench.Root.Disc($"disc-{item.Index}")).History()));
        var marks = bench.Discord.Requests.Where(request => request.Method == "PUT").Select(request => request.Path.Split('/')[3]).ToArray();
        Assert.Equal(replies, marks);
        Assert.Null(disc.LoadLabel());
    }

    [Fact]
    public async Task E_250_replies_to_one_notice_leave_the_last_one_and_know_them_all()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var replies = Enumerable.Range(0, 250).Select(number => bench.Discord.PostReply(notice, $"label {number}")).ToArray();

        bench.StartBot();

        bench.WaitUntilDone(replies);
        Assert.Equal("label 249", disc.LoadLabel());
        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"label {number}"), new DiscLabels(disc).History().Select(record => record.Label));
        Assert.InRange(replies.SelectMany(bench.AnswersTo).Count(), 1, 10);
    }

    [Fact]
    public async Task Two_archives_in_one_channel_with_one_bot_each_take_the_replies_to_their_own_notices()
    {
        await using var one = await BotBench.StartAsync();
        await using var other = BotBench.Beside(one);
        var discs = new[] { one.Disc(), other.Disc() };
        var notices = new[] { one.Notice(), other.Notice() };
        one.StartBot();
        other.StartBot();

        var replies = notices.Select((notice, index) => one.Discord.PostReply(notice, $"label {index}")).ToArray();

        one.WaitUntilDone(replies[0]);
        other.WaitUntilDone(replies[1]);
        var last = notices.Select((notice, index) => one.Discord.PostReply(notice, $"last {index}")).ToArray();
        one.WaitUntilDone(last[0]);
        other.WaitUntilDone(last[1]);
        Assert.Equal(["last 0", "last 1"], discs.Select(disc => disc.LoadLabel()));
        Assert.All([.. replies, .. last], reply => Assert.Equal(["✅"], one.MarksOf(reply)));
        Assert.False(one.IsDone(replies[1]) || other.IsDone(replies[0]), "a bot did another archive's reply");
        Assert.Equal(["It was “label 0”.", "It was “label 1”."], last.Select(reply => Assert.Single(one.AnswersTo(reply))[^18..].TrimStart()));
    }

    [Fact]
    public async Task A_notice_that_is_noted_a_moment_after_its_reply_is_waited_for()
    {
        await using var bench = await BotBench.StartAsync();
        var disc = bench.Disc();
        bench.Notice();
        bench.StartBot();
        var notice = bench.Discord.PostNotice();
        var reply = bench.Discord.PostReply(notice, "quick");
        Eventually.True(
            () => bench.Discord.Requests.Any(request => request.Path.EndsWith("/messages", StringComparison.Ordinal)), "the bot reads");

        bench.Record(notice);

        bench.WaitUntilDone(reply);
        Assert.Equal("quick", disc.LoadLabel());
    }

    [Fact]
    public async Task The_first_notice_of_an_archive_may_be_answered_before_it_is_noted()
    {
        await using var bench = await BotBench.StartAsync();
        var disc = bench.Disc();
        bench.StartBot();
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the bot is at the gateway");
        var notice = bench.Discord.PostNotice();
        var reply = bench.Discord.PostReply(notice, "at once");

        bench.Record(notice);

        bench.WaitUntilDone(reply);
        Assert.Equal("at once", disc.LoadLabel());
    }

    [Fact]
    public async Task Of_two_bots_of_an_archive_one_works_and_the_other_goes_on_when_it_ends()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var first = bench.StartBot();
        Eventually.True(() => bench.Discord.Gateway.Online == 1, "the first bot works");
        var second = bench.StartBot();
        Eventually.True(() => second.Said.Contains("Another bot of this archive works", StringComparison.Ordinal), "the second bot waits");
        bench.WaitUntilDone(bench.Discord.PostReply(notice, "one"));

        await first.StopAsync();
        var reply = bench.Discord.PostReply(notice, "two");

        bench.WaitUntilDone(reply);
        Assert.Equal("two", disc.LoadLabel());
        Assert.Equal(["✅"], bench.MarksOf(reply));
        Assert.Equal(2, new DiscLabels(disc).History().Count);
    }
}
