using CdBackuper.EndToEnd.Kit;
using CdBackuper.Tests.Notices;

namespace CdBackuper.EndToEnd;

/// <summary>Notices of a node that does not come back: another one says so, and can send them.</summary>
public sealed class LeftNoticeTests
{
    [Fact]
    public async Task What_a_node_left_is_said_after_a_day_and_can_be_sent_by_another_once()
    {
        using var bench = new Bench();
        await using var server = await LoopbackServer.StartAsync();
        var (pi, desk) = (bench.Node("pi").With("NOTIFY_WEBHOOK_URL", $"{server.Address}in"), bench.Node("desk"));
        server.Answer = (_, context) => LoopbackServer.Say(context, 503, "");
        pi.With("NOTIFY_WAIT", "0").Import(bench.Photographs(seed: 2401).Path).Expect(0);
        var queue = Path.Combine(bench.Archive, ".cdbackuper/outbox/pi.webhook");
        Assert.DoesNotContain("of node pi", desk.Run("doctor", "--archive", bench.Archive).Out, StringComparison.Ordinal);
        Age(Assert.Single(Directory.EnumerateFiles(queue, "*.json")));

        var doctor = desk.Run("doctor", "--archive", bench.Archive).Expect(0).Out;
        Assert.Contains("Unsent notices of node pi for webhook: 1, the oldest since 20", doctor, StringComparison.Ordinal);
        Assert.Contains("NODE_NAME=pi cdbackuper notify send", doctor, StringComparison.Ordinal);
        Assert.DoesNotContain("of node pi", pi.Run("doctor", "--archive", bench.Archive).Out, StringComparison.Ordinal);

        server.Requests.Clear();
        server.Answer = (_, context) => LoopbackServer.Say(context, 200, "{}");
        desk.With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").With("NODE_NAME", "pi").Run("notify", "send", "--archive", bench.Archive).Expect(0);
        pi.Run("notify", "send", "--archive", bench.Archive).Expect(0);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_waits_for_a_target_that_is_not_set_any_more_is_said()
    {
        using var bench = new Bench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, 503, "");
        bench.Node().With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").With("NOTIFY_WAIT", "0").Import(bench.Photographs(seed: 2402).Path).Expect(0);

        var doctor = bench.Node().Run("doctor", "--archive", bench.Archive).Expect(0).Out;
        Assert.Contains("Unsent notices for webhook: 1, the oldest since 20", doctor, StringComparison.Ordinal);
        Assert.Contains("and no webhook is set", doctor, StringComparison.Ordinal);
    }

    /// <summary>As if it had waited for two days: an id begins with its time.</summary>
    private static void Age(string path)
    {
        var (id, text) = (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
        var older = $"{TimeProvider.System.GetUtcNow().AddDays(-2):yyyyMMdd}{id[8..]}";
        File.WriteAllText(path.Replace(id, older, StringComparison.Ordinal), text.Replace(id, older, StringComparison.Ordinal));
        File.Delete(path);
    }
}
