using System.Text.Json.Nodes;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Tests.Notices;

/// <summary>The way of notices to one target over a long time: the clock is set by hand.</summary>
public sealed class TargetLaneTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task After_a_day_without_the_target_all_notices_arrive_in_order_and_once()
    {
        using var bench = new OutboxBench();
        var port = await FreePort();
        using var target = bench.Webhook(new($"http://127.0.0.1:{port}/"));
        var ids = bench.Fill(target, 20);
        using var stop = new CancellationTokenSource();
        var lane = bench.LaneTo(target);
        var running = Task.Run(() => lane.RunAsync(untilEmpty: false, bench.Clock, stop.Token), TestContext.Current.CancellationToken);

        await Until(bench, () => bench.Said.Text.Contains("does not take notices now", StringComparison.Ordinal));
        for (var minutes = 0; minutes < 24 * 60; minutes += 15)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(15));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }

        Assert.Equal(ids, bench.QueueOf(target).Waiting());
        Assert.False(running.IsCompleted, "the lane ended");
        await using var server = await LoopbackServer.StartAsync(port);
        await Until(bench, () => server.Requests.Count >= 20 && bench.QueueOf(target).Waiting().Count == 0);

        Assert.Equal(ids, server.Requests.Select(request => JsonNode.Parse(request.Text)!["id"]!.GetValue<string>()));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, bench.Said.Text.Split('\n').Count(line => line.Contains("does not take notices now", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(429, """{"message":"You are being rate limited.","retry_after":60.5,"global":false}""")]
    [InlineData(503, "<html>no healthy upstream</html>")]
    public async Task After_a_day_of_refusals_Discord_gets_every_notice_once(int status, string body)
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, status, body);
        using var target = bench.Discord(server.Address);
        bench.Fill(target, 20);
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => bench.LaneTo(target).RunAsync(untilEmpty: false, bench.Clock, stop.Token), TestContext.Current.CancellationToken);
        var begin = bench.Clock.GetUtcNow();
        while (bench.Clock.GetUtcNow() - begin < TimeSpan.FromDays(1))
        {
            var asked = server.Requests.Count;
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await Until(bench, () => server.Requests.Count > asked);
        }

        Assert.Equal(20, bench.QueueOf(target).Waiting().Count);
        Assert.InRange(server.Requests.Count, 20, 300);
        server.Requests.Clear();
        server.Answer = OutboxBench.AsDiscord();
        await Until(bench, () => bench.QueueOf(target).Waiting().Count == 0);

        Assert.Equal(Enumerable.Repeat("POST", 20), server.Requests.Select(request => request.Method));
        Assert.Equal(20, bench.Ledger.Messages().Count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_target_that_hangs_holds_up_no_other()
    {
        using var bench = new OutboxBench();
        await using var hanging = await LoopbackServer.StartAsync();
        hanging.Answer = (_, context) => LoopbackServer.Hang(context);
        await using var sound = await LoopbackServer.StartAsync();
        using var discord = bench.Discord(hanging.Address);
        using var webhook = bench.Webhook(sound.Address);
        bench.Fill(discord, 3);
        bench.Fill(webhook, 3);
        using var stop = new CancellationTokenSource();
        Task[] running =
        [
            .. new INoticeTarget[] { discord, webhook }.Select(bench.LaneTo)
                .Select(lane => Task.Run(() => lane.RunAsync(untilEmpty: false, bench.Clock, stop.Token))),
        ];

        await Until(bench, () => sound.Requests.Count == 3 && hanging.Requests.Count == 1);

        await stop.CancelAsync();
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(3, bench.QueueOf(discord).Waiting().Count);
    }

    [Fact]
    public async Task Two_processes_with_one_outbox_send_everything_once()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Webhook(server.Address);
        var ids = bench.Fill(target, 40);
        using var stop = new CancellationTokenSource();
        Task[] running = [.. Enumerable.Range(0, 4)
            .Select(_ => bench.LaneTo(target))
            .Select(lane => Task.Run(() => lane.RunAsync(untilEmpty: false, bench.Clock, stop.Token)))];

        await Until(bench, () => bench.QueueOf(target).Waiting().Count == 0);

        await stop.CancelAsync();
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(ids, server.Requests.Select(request => JsonNode.Parse(request.Text)!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task While_the_archive_is_away_a_notice_is_sent_from_memory()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Webhook(server.Address);
        var lane = bench.LaneTo(target);
        Directory.Move(bench.Archive.Path, bench.Archive.Path + ".away");

        lane.AddUnstored(new(Samples.Damaged));
        await lane.RunAsync(untilEmpty: true, TimeProvider.System, CancellationToken.None);

        Assert.Single(server.Requests);
        Assert.False(Directory.Exists(bench.Archive.Path), "something was written where the archive was");
    }

    [Fact]
    public async Task Who_sends_once_does_not_wait_for_a_server_that_is_down()
    {
        using var bench = new OutboxBench();
        using var target = bench.Webhook(new($"http://127.0.0.1:{await FreePort()}/"));
        bench.Fill(target, 2);
        using var limit = new CancellationTokenSource(Limit);

        await bench.LaneTo(target).RunAsync(untilEmpty: true, TimeProvider.System, limit.Token);

        Assert.Equal(2, bench.QueueOf(target).Waiting().Count);
    }

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(4, null, 8)]
    [InlineData(9, null, 256)]
    [InlineData(10, null, 300)]
    [InlineData(100_000, null, 300)]
    [InlineData(1, 30, 30)]
    [InlineData(12, 30, 300)]
    [InlineData(1, 1_000_000, 3600)]
    public void The_pause_doubles_up_to_five_minutes_and_is_never_shorter_than_asked(int failures, int? asked, int seconds)
    {
        var limit = asked is { } time ? TimeSpan.FromSeconds(time) : (TimeSpan?)null;
        Assert.Equal(seconds, RetryRule.Pause(failures, limit, 0).TotalSeconds);
        Assert.InRange(RetryRule.Pause(failures, limit, 1).TotalSeconds, seconds, (seconds * 1.1) + 0.26);
    }

    private static async Task<int> FreePort()
    {
        await using var server = await LoopbackServer.StartAsync();
        return server.Address.Port;
    }

    /// <summary>Waits for something, and lets the bench's time go on meanwhile.</summary>
    private static async Task Until(OutboxBench bench, Func<bool> condition)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, $"waited in vain; the log says:\n{bench.Said.Text}");
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }
}
