using System.Text.Json.Nodes;
using CdBackuper.Notices;
using CdBackuper.Notices.Targets;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Notices;

/// <summary>A program of the user's: real ones.</summary>
public sealed class HookTargetTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly HashSet<NoticeKind> All = [.. KindWords.Choices];

    [Fact]
    public async Task It_gets_its_arguments_as_they_are_and_the_notice_on_its_standard_input()
    {
        using var folder = new TempFolder();
        var target = Hook("sh", "-c", "cat >\"$1\"; printf '%s\\n' \"$2\" done", "hook", folder["in.json"], "a b; $(touch x) 'c'");

        var done = Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));

        Assert.Equal("exit 0: done", done.Answer);
        Assert.Equal("0142", (string?)JsonNode.Parse(File.ReadAllText(folder["in.json"]))!["disc"]!["number"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(2000)]
    public async Task A_notice_of_any_length_arrives_whole(int length)
    {
        using var folder = new TempFolder();
        var worst = Enumerable.Range(0, 10).Select(index => new NoticeFile($"{index}{new string('ß', 10 * length)}", 0, 1, 1));

        await Hook("sh", "-c", "cat >\"$1\"", "hook", folder["in.json"]).SendAsync(new(Samples.Damaged with { Worst = [.. worst] }), Never);

        var path = (string?)JsonNode.Parse(File.ReadAllText(folder["in.json"]))!["worst"]![9]!["path"];
        Assert.Equal($"9{new string('ß', 10 * length)}", path);
    }

    [Fact]
    public async Task One_that_never_reads_is_no_trouble() =>
        Assert.IsType<Delivery.Done>(await Hook("true").SendAsync(new(Samples.Damaged), Never));

    [Fact]
    public async Task One_that_hangs_is_ended_with_all_that_it_started()
    {
        using var folder = new TempFolder();
        var target = new HookTarget(new(["sh", "-c", "trap '' INT; sleep 1000 & echo $! >\"$1\"; sleep 1000", "hook", folder["pid"]], TimeSpan.FromSeconds(1), All));

        var failed = Assert.IsType<Delivery.Failed>(await target.SendAsync(new(Samples.Damaged), Never));

        Assert.Contains("more than 1 s", failed.Answer, StringComparison.Ordinal);
        var pid = File.ReadAllText(folder["pid"]).Trim();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(pid), TimeSpan.FromSeconds(20)), "what the hook started is still there");
    }

    [Fact]
    public async Task One_that_fails_says_how()
    {
        var failed = Assert.IsType<Delivery.Failed>(await Hook("sh", "-c", "echo no paper >&2; exit 3").SendAsync(new(Samples.Damaged), Never));
        Assert.Equal("exit 3: no paper", failed.Answer);
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_tried_again_till_its_setting_changes() =>
        Assert.IsType<Delivery.Broken>(await Hook("/no/such/program").SendAsync(new(Samples.Damaged), Never));

    [Fact]
    public async Task One_that_fails_again_and_again_is_given_up_and_holds_up_no_other_notice()
    {
        using var bench = new OutboxBench();
        using var folder = new TempFolder();
        var target = Hook("sh", "-c", "grep -q 00000-x && exit 3; echo one >>\"$1\"", "hook", folder["told"]);
        bench.Fill(target, 2);
        var sender = bench.SenderTo(target);

        var tries = 0;
        while (await sender.SendAllAsync(Never) is not null)
        {
            Assert.InRange(++tries, 0, 10);
        }

        Assert.Equal(5, tries);
        Assert.Equal("one\n", File.ReadAllText(folder["told"]));
        Assert.Contains("failed at it again and again", bench.Said.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opt/tell me now", "/opt/tell|me|now")]
    [InlineData("""["/opt/tell me","a b",""]""", "/opt/tell me|a b|")]
    [InlineData("[]", null)]
    [InlineData("[1]", null)]
    [InlineData("[null]", null)]
    [InlineData("[\"a\"", null)]
    [InlineData("[\"\"]", null)]
    public void A_command_is_words_or_a_list(string text, string? words) =>
        Assert.Equal(words, HookSettings.ParseCommand(text) is { } command ? string.Join('|', command) : null);

    private static HookTarget Hook(params string[] command) => new(new(command, TimeSpan.FromSeconds(30), All));

    /// <summary>A zombie that nobody has reaped yet is not alive.</summary>
    private static bool IsAlive(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
