using CdBackuper.Notices.Outbox;

namespace CdBackuper.Tests.Notices;

/// <summary>What whoever watches the program is told of the outbox.</summary>
public sealed class OutboxStateTests : IDisposable
{
    private readonly OutboxBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void An_archive_without_notices_has_no_queues() => Assert.Empty(OutboxState.All(bench.Archive));

    [Fact]
    public void A_queue_has_its_depth_its_oldest_and_why_its_target_is_stopped()
    {
        var mark = new BrokenMark(bench.Clock.GetUtcNow(), "print", "HTTP 404", "Make it anew.");
        var webhook = new OutboxQueue(bench.Archive, "my.desk.webhook");
        foreach (var id in (string[])["20261125T120001500-x", "20261125T115900000-x", "20261126T000000000-x"])
        {
            webhook.Add(new(Samples.Damaged with { Id = id }));
        }

        webhook.MarkSent("20261125T115900000-x", new(bench.Clock.GetUtcNow(), "have it"));
        new OutboxQueue(bench.Archive, "pi.discord").StoreBroken(mark);
        Directory.CreateDirectory(Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "pi.seeds"));

        Assert.Equal(
            [
                new OutboxState("my.desk", "webhook", 2, new(2026, 11, 25, 12, 0, 1, 500, TimeSpan.Zero), null),
                new OutboxState("pi", "discord", 0, null, mark),
            ],
            OutboxState.All(bench.Archive));
    }

    [Fact]
    public void All_targets_that_there_are_have_queues_that_are_seen()
    {
        using var discord = bench.Discord(new("http://127.0.0.1:1/"));
        using var webhook = bench.Webhook(new("http://127.0.0.1:1/"));
        Assert.All([discord.Name, webhook.Name, "ntfy", "apprise", "hook"], name => Assert.Contains(name, OutboxQueue.Targets));
    }
}
