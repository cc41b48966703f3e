using System.Globalization;
using System.Text.Json.Nodes;
using CdBackuper.Jobs;
using CdBackuper.Notices;

namespace CdBackuper.Tests.Notices;

/// <summary>The message that says how far a disc is, with a clock that is set by hand.</summary>
public sealed class ProgressMessageTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly OutboxBench bench = new();
    private readonly KeptProgress target;
    private int step;

    public ProgressMessageTests() => target = new(bench.Clock);

    private string LeftPath => Path.Combine(bench.Archive.Path, "left", "sr0.json");

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task It_is_edited_at_most_every_ten_seconds_and_after_an_hour_every_ten_minutes()
    {
        var start = bench.Clock.GetUtcNow();
        var message = MessageOf(() => "FOLDER");
        var running = message.RunAsync(CancellationToken.None);

        await Until(message, () => target.Said.Count(said => said.Time - start > TimeSpan.FromMinutes(61)) >= 4);
        message.End(isInterrupted: false);
        await running;

        var said = target.Said;
        Assert.True(said[0].Time - start >= TimeSpan.FromMinutes(1));
        var gaps = said.Zip(said.Skip(1), (one, next) => (Age: one.Time - said[0].Time, Gap: next.Time - one.Time)).SkipLast(1);
        Assert.All(gaps, gap => Assert.True(gap.Gap >= TimeSpan.FromSeconds(gap.Age > TimeSpan.FromHours(1) ? 600 : 10), $"{gap}"));
        Assert.InRange(said.Count, 100, 361 + 6);
        Assert.Matches("^Finished after 1 h .*; see below.$", said[^1].Text);
        Assert.All(said, edit => Assert.Equal("9001", edit.Message));
        Assert.Equal("FOLDER", bench.Ledger.Find("9001")!.Folder);
        Assert.False(File.Exists(LeftPath));
    }

    [Fact]
    public async Task A_disc_that_is_done_within_a_minute_has_none()
    {
        var message = MessageOf(() => null);
        var running = message.RunAsync(CancellationToken.None);
        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        message.End(isInterrupted: false);
        await running;
        Assert.Empty(target.Said);
    }

    [Fact]
    public async Task A_disc_that_was_interrupted_is_not_called_finished()
    {
        var message = MessageOf(() => "FOLDER");
        var running = message.RunAsync(CancellationToken.None);
        await Until(message, () => target.Said.Count > 1);
        message.End(isInterrupted: true);
        await running;
        Assert.StartsWith("The program was stopped", target.Said[^1].Text, StringComparison.Ordinal);
        Assert.False(File.Exists(LeftPath));
    }

    [Fact]
    public async Task What_says_the_same_is_not_edited()
    {
        var message = MessageOf(() => null);
        message.Take(new(DiscStage.Rescuing, Percent: 4));
        var running = message.RunAsync(CancellationToken.None);
        var end = bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await Until(null, () => target.Said.Count > 0 && bench.Clock.GetUtcNow() > end);
        message.End(isInterrupted: false);
        await running;
        Assert.Equal(["Rescuing 4.0 %", "Finished"], target.Said.Select(said => said.Text.Split(" after")[0]));
    }

    [Fact]
    public async Task Of_a_message_that_a_crash_left_the_next_disc_in_that_drive_makes_an_end()
    {
        using (var crash = new CancellationTokenSource())
        {
            var cutOff = MessageOf(() => null).RunAsync(crash.Token);
            await Until(null, () => File.Exists(LeftPath));
            await crash.CancelAsync();
            await cutOff;
        }

        var next = MessageOf(() => null);
        next.End(isInterrupted: false);
        await next.RunAsync(CancellationToken.None);

        Assert.Contains("was stopped", target.Said[^1].Text, StringComparison.Ordinal);
        Assert.False(File.Exists(LeftPath));
    }

    [Fact]
    public async Task A_message_that_can_not_be_edited_any_more_is_left_alone()
    {
        target.TakesEdits = false;
        var message = MessageOf(() => null);
        var running = message.RunAsync(CancellationToken.None);
        var end = bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await Until(message, () => target.Said.Count > 1 && bench.Clock.GetUtcNow() > end);
        message.End(isInterrupted: false);
        await running;
        Assert.Equal(2, target.Said.Count);
    }

    [Fact]
    public async Task Discord_gets_it_silent_and_edited()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = OutboxBench.AsDiscord();
        using var discord = bench.Discord(server.Address);

        var message = await discord.CreateAsync("Reading *a* disc", "4 %", CancellationToken.None);
        Assert.True(await discord.EditAsync(message!.Message, "Reading *a* disc", "5 %", CancellationToken.None));

        var requests = server.Requests.Select(request => (request.Method, request.Path.Split('?')[0].Split('/')[^1], JsonNode.Parse(request.Text)!)).ToArray();
        Assert.Equal(("POST", "PATCH", "9001"), (requests[0].Method, requests[1].Method, requests[1].Item2));
        Assert.Equal(4096, (int)requests[0].Item3["flags"]!);
        Assert.All(requests, request => Assert.Equal("""{"parse":[]}""", request.Item3["allowed_mentions"]!.ToJsonString()));
        Assert.Equal(@"Reading \*a\* disc", (string?)requests[0].Item3["embeds"]![0]!["title"]);

        server.Answer = (_, context) => LoopbackServer.Say(
            context, 429, """{"message":"Maximum number of edits to messages older than 1 hour reached","code":30046}""");
        Assert.False(await discord.EditAsync(message.Message, "Reading", "6 %", CancellationToken.None));
    }

    private ProgressMessage MessageOf(Func<string?> folder) => new(target, bench.Archive, LeftPath, "Reading a disc", folder, bench.Clock);

    /// <summary>Lets time pass in steps of five seconds, in each of which the disc is a little further, until something is so.</summary>
    private async Task Until(ProgressMessage? message, Func<bool> condition)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, string.Join('\n', target.Said));
            message?.Take(new(DiscStage.Rescuing, Detail: (++step).ToString(CultureInfo.InvariantCulture)));
            bench.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
        }
    }
}
