using System.Text.Json.Nodes;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Tests.Notices;

/// <summary>What waits for a target is sent in order, once, whatever the target and the machine do.</summary>
public sealed class QueueSenderTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task What_waits_is_sent_in_order_and_its_message_is_noted_with_the_disc()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = OutboxBench.AsDiscord();
        using var target = bench.Discord(server.Address);
        var ids = bench.Fill(target, 3);

        Assert.Null(await bench.SenderTo(target).SendAllAsync(Never));

        Assert.Empty(bench.QueueOf(target).Waiting());
        Assert.Equal(["9001", "9002", "9003"], bench.Ledger.Messages());
        Assert.Equal(ids, bench.Ledger.Messages().Select(message => bench.Ledger.Find(message)!.Notice));
        Assert.All(bench.Ledger.Messages(), message => Assert.Equal(Samples.Damaged.Disc!.Folder, bench.Ledger.Find(message)!.Folder));
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_by_whoever_adds_it_again()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Webhook(server.Address);
        bench.Fill(target, 1);
        await bench.SenderTo(target).SendAllAsync(Never);

        bench.Fill(target, 1);
        Assert.Empty(bench.QueueOf(target).Waiting());
        await bench.SenderTo(target).SendAllAsync(Never);

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_target_that_can_not_now_is_not_asked_for_the_next_one_and_gets_all_later(int status)
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, status, "<html>down</html>", ("Retry-After", "7"));
        using var target = bench.Webhook(server.Address);
        var ids = bench.Fill(target, 3);
        var sender = bench.SenderTo(target);

        var later = await sender.SendAllAsync(Never);
        Assert.NotNull(later);
        Assert.Equal(TimeSpan.FromSeconds(7), later.After);
        Assert.Single(server.Requests);
        Assert.Equal(ids, bench.QueueOf(target).Waiting());
        server.Answer = (_, context) => LoopbackServer.Say(context, 200, "{}");
        Assert.Null(await sender.SendAllAsync(Never));

        Assert.Equal(ids, server.Requests.Skip(1).Select(request => JsonNode.Parse(request.Text)!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Discords_rate_limit_is_kept_as_a_fraction_of_seconds()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, 429, """{"message":"slow down","retry_after":64.57,"global":true}""");
        using var target = bench.Discord(server.Address);
        bench.Fill(target, 2);

        var later = await bench.SenderTo(target).SendAllAsync(Never);

        Assert.InRange(later!.After!.Value.TotalSeconds, 64.57, 65);
        Assert.Equal(2, bench.QueueOf(target).Waiting().Count);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, """{"message":"Invalid Webhook Token","code":50027}""")]
    [InlineData(404, """{"message":"Unknown Webhook","code":10015}""")]
    public async Task A_webhook_that_is_gone_is_stopped_at_once_and_used_again_once_its_setting_is_another(int status, string body)
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, status, body);
        using var gone = bench.Discord(server.Address);
        var ids = bench.Fill(gone, 3);

        Assert.Null(await bench.SenderTo(gone).SendAllAsync(Never));
        Assert.Null(await bench.SenderTo(gone).SendAllAsync(Never));

        Assert.Single(server.Requests);
        Assert.Equal(ids, bench.QueueOf(gone).Waiting());
        Assert.NotNull(bench.QueueOf(gone).LoadBroken(gone.Fingerprint));
        Assert.Contains("Error: discord is not used any more", bench.Said.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_half", bench.Said.Text, StringComparison.Ordinal);

        server.Answer = OutboxBench.AsDiscord();
        using var renewed = bench.Discord(server.Address, "another");
        Assert.Null(await bench.SenderTo(renewed).SendAllAsync(Never));
        Assert.Equal(ids, bench.Ledger.Messages().Select(message => bench.Ledger.Find(message)!.Notice));
    }

    [Fact]
    public async Task A_notice_that_is_refused_is_said_and_holds_up_no_other()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, server.Requests.Count == 1 ? 400 : 200, """{"why":"not like this"}""");
        using var target = bench.Webhook(server.Address);
        bench.Fill(target, 2);

        Assert.Null(await bench.SenderTo(target).SendAllAsync(Never));

        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(bench.QueueOf(target).Waiting());
        Assert.Contains("not like this", bench.Said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ends_between_the_answer_and_the_mark_sends_nothing_twice_where_the_message_was_noted()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Discord(server.Address);
        var id = bench.Fill(target, 1)[0];
        var queue = bench.QueueOf(target);
        queue.Store(queue.Load(id)! with { Doubts = 1 });
        bench.Ledger.Record(new() { Message = "9001", Channel = "77", Webhook = "1", Notice = id, Sent = bench.Clock.GetUtcNow() });

        Assert.Null(await bench.SenderTo(target).SendAllAsync(Never));

        Assert.Empty(server.Requests);
        Assert.Empty(queue.Waiting());
        Assert.True(queue.IsSent(id));
    }

    [Fact]
    public async Task What_may_have_arrived_is_sent_once_more_and_no_more_and_only_while_the_target_answers()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Hang(context);
        using var target = new WebhookTarget(
            new(server.Address, null, AsCloudEvent: false, new HashSet<CdBackuper.Notices.NoticeKind>()), bench.Clock, limit: TimeSpan.FromMilliseconds(300));
        var id = bench.Fill(target, 1)[0];
        var sender = bench.SenderTo(target);

        // It goes out once, and while nothing at all answers it does not go out again, however often that is tried.
        for (var count = 0; count < 4; count++)
        {
            Assert.NotNull(await sender.SendAllAsync(Never));
        }

        Assert.Single(server.Requests, request => request.Method == "POST");
        Assert.Equal([id], bench.QueueOf(target).Waiting());

        // It answers, and hangs at the notice alone: once more, and then it is said to have been sent twice.
        server.Answer = (request, context) => request.Method == "POST" ? LoopbackServer.Hang(context) : LoopbackServer.Say(context, 405, "{}");
        Assert.NotNull(await sender.SendAllAsync(Never));
        Assert.Null(await sender.SendAllAsync(Never));
        Assert.Equal(2, server.Requests.Count(request => request.Method == "POST"));
        Assert.Contains("it was sent twice, and no answer came", bench.Said.Text, StringComparison.Ordinal);
        Assert.Empty(bench.QueueOf(target).Waiting());
    }

    [Fact]
    public async Task A_notice_of_last_month_is_news_to_nobody()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Webhook(server.Address);
        bench.Fill(target, 2);
        bench.Clock.Advance(QueueSender.MaxAge + TimeSpan.FromHours(1));

        Assert.Null(await bench.SenderTo(target).SendAllAsync(Never));

        Assert.Empty(server.Requests);
        Assert.Contains("too old", bench.Said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_can_not_be_read_is_kept_aside_and_holds_up_no_other()
    {
        using var bench = new OutboxBench();
        await using var server = await LoopbackServer.StartAsync();
        using var target = bench.Webhook(server.Address);
        var ids = bench.Fill(target, 2);
        var folder = Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "desk.webhook");
        File.WriteAllText(Path.Combine(folder, ids[0] + ".json"), "{\"notice\":");

        Assert.Null(await bench.SenderTo(target).SendAllAsync(Never));

        Assert.Single(server.Requests);
        Assert.Single(Directory.EnumerateFiles(folder, "*corrupt*"));
    }

    [Fact]
    public void No_more_wait_than_a_collection_has_discs()
    {
        using var bench = new OutboxBench();
        using var target = bench.Webhook(new("http://127.0.0.1:9/"));
        var queue = bench.QueueOf(target);
        var first = bench.Fill(target, 1)[0];
        var folder = Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "desk.webhook");
        for (var count = 0; count < OutboxQueue.MaxEntries; count++)
        {
            File.Copy(Path.Combine(folder, first + ".json"), Path.Combine(folder, $"20261126T{count:D6}-x.json"));
        }

        var dropped = queue.Add(new(Samples.Damaged with { Id = "20261127T000000-x" }));

        Assert.Equal([first, "20261126T000000-x"], dropped);
        Assert.Equal(OutboxQueue.MaxEntries, queue.Waiting().Count);
    }
}
