using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;

namespace CdBackuper.Tests.Discord;

/// <summary>Who may label.</summary>
public sealed class LabelPolicyTests
{
    [Fact]
    public async Task Who_may_not_label_gets_a_cross_and_no_word()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "a stranger's", FakeDiscord.Stranger);

        bench.WaitUntilDone(reply);
        Assert.Equal(["❌"], bench.MarksOf(reply));
        Assert.Empty(bench.AnswersTo(reply));
        Assert.Null(disc.LoadLabel());
    }

    [Fact]
    public async Task A_role_that_may_label_is_enough_and_is_asked_for_once_for_many_replies()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Environment["DISCORD_LABEL_ROLES"] = FakeDiscord.Role;
        bench.Discord.Roles[FakeDiscord.Stranger] = [FakeDiscord.Role];
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var replies = Enumerable.Range(0, 5).Select(number => bench.Discord.PostReply(notice, $"label {number}", FakeDiscord.Stranger)).ToArray();

        bench.StartBot();

        bench.WaitUntilDone(replies);
        Assert.Equal("label 4", disc.LoadLabel());
        Assert.Single(bench.Discord.Requests, request => request.Path.Contains("/members/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_anybody_named_nobody_may_and_the_log_says_so_and_everyone_has_to_be_said()
    {
        await using var bench = await BotBench.StartAsync();
        bench.Environment.Remove("DISCORD_LABEL_USERS");
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var nobody = bench.StartBot();
        var first = bench.Discord.PostReply(notice, "one");
        bench.WaitUntilDone(first);
        Assert.Contains("Nobody may label", nobody.Said, StringComparison.Ordinal);
        Assert.Null(disc.LoadLabel());
        await nobody.StopAsync();

        bench.Environment["DISCORD_LABEL_EVERYONE"] = "true";
        bench.StartBot();
        var second = bench.Discord.PostReply(notice, "two", FakeDiscord.Stranger);

        bench.WaitUntilDone(second);
        Assert.Equal("two", disc.LoadLabel());
    }
}
