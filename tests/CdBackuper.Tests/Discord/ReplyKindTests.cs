using CdBackuper.Archive.Store;
using CdBackuper.Fakes;
using CdBackuper.Tests.Discord.Kit;

namespace CdBackuper.Tests.Discord;

/// <summary>F and G: what a message of the channel is. A reply to our notice is a label, whatever stands in it; all else is nothing.</summary>
public sealed class ReplyKindTests
{
    [Fact]
    public async Task F_a_forged_message_of_our_webhook_with_our_footer_labels_nothing()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var forged = bench.Discord.PostNotice("Disc read: disc", "disc 0001");
        var reply = bench.Discord.PostReply(forged, "label of a forger");
        var last = bench.Discord.PostReply(notice, "the label");

        bench.WaitUntilDone(last);
        Assert.Equal("the label", disc.LoadLabel());
        Assert.Single(new DiscLabels(disc).History());
        Assert.Empty(bench.MarksOf(reply));
        Assert.Empty(bench.AnswersTo(reply));
    }

    [Fact]
    public async Task G_what_is_no_reply_of_a_person_to_our_notice_here_is_passed_over_in_silence()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        var discord = bench.Discord;
        var elsewhere = discord.PostNotice();
        bench.Record(elsewhere, "disc", FakeDiscord.OtherChannel);
        string[] ignored =
        [
            discord.PostTalk("not a reply"),
            discord.PostReply(notice, "of another bot", change: message => message["author"]!["bot"] = true),
            discord.PostReply(notice, "of a webhook", change: message => message["webhook_id"] = FakeDiscord.Webhook),
            discord.PostReply(notice, "a forward", change: message => message["message_reference"]!["type"] = 1),
            discord.PostReply(notice, "a pin", change: message => message["type"] = 6),
            discord.PostReply(notice, "of another channel", change: message => message["channel_id"] = FakeDiscord.OtherChannel),
            discord.PostReply(notice, "to another channel", change: message => message["message_reference"]!["channel_id"] = FakeDiscord.OtherChannel),
            discord.PostReply(discord.PostTalk("small talk"), "an answer to small talk"),
        ];
        var last = discord.PostReply(notice, "the label");
        bench.StartBot();

        bench.WaitUntilDone(last);
        Assert.Equal("the label", disc.LoadLabel());
        Assert.Single(new DiscLabels(disc).History());
        Assert.All(ignored, reply => Assert.Empty(bench.MarksOf(reply)));
        Assert.All(ignored, reply => Assert.Empty(bench.AnswersTo(reply)));
    }

    [Fact]
    public async Task G_a_reply_to_a_notice_that_was_deleted_is_taken()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.Discord.Messages.Delete(notice);
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, "the label");

        bench.WaitUntilDone(reply);
        Assert.Equal("the label", disc.LoadLabel());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<@175928847299117004>", "empty")]
    [InlineData("\u200B \u202E", "empty")]
    public async Task G_what_is_no_label_gets_a_cross_and_the_reason(string text, string reason)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, text);

        bench.WaitUntilDone(reply);
        Assert.Equal(["❌"], bench.MarksOf(reply));
        Assert.Contains(reason, Assert.Single(bench.AnswersTo(reply)), StringComparison.Ordinal);
        Assert.False(File.Exists(disc.LabelPath));
    }

    [Fact]
    public async Task G_2000_characters_are_refused_with_their_number_and_not_cut()
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        var reply = bench.Discord.PostReply(notice, new string('x', 2000));

        bench.WaitUntilDone(reply);
        Assert.Contains("2000", Assert.Single(bench.AnswersTo(reply)), StringComparison.Ordinal);
        Assert.False(File.Exists(disc.LabelPath));
    }

    [Theory]
    [InlineData("../../etc/passwd", "../../etc/passwd")]
    [InlineData("@everyone", "@everyone")]
    [InlineData("\u202Etxt.exe \u05E7\u05D9\u05E5", "txt.exe \u05E7\u05D9\u05E5")]
    [InlineData("<:camera:175928847299117063> Oma", ":camera: Oma")]
    public async Task G_odd_text_is_text_and_nothing_else(string text, string label)
    {
        await using var bench = await BotBench.StartAsync();
        var (disc, notice) = (bench.Disc(), bench.Notice());
        bench.StartBot();

        bench.WaitUntilDone(bench.Discord.PostReply(notice, "before"));
        var reply = bench.Discord.PostReply(notice, text);

        bench.WaitUntilDone(reply);
        Assert.Equal(label + "\n", File.ReadAllText(disc.LabelPath));
        Assert.Equal(["✅"], bench.MarksOf(reply));
        Assert.DoesNotContain("@everyone", Assert.Single(bench.AnswersTo(reply)), StringComparison.Ordinal);
        Assert.Equal([".cdbackuper", "ARCHIVE-FORMAT.md", "disc"], Directory.EnumerateFileSystemEntries(bench.Root.Path).Select(Path.GetFileName).Order());
    }
}
