using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;
using CdBackuper.Tests.Notices;

namespace CdBackuper.EndToEnd;

/// <summary>The running program tells how discs went, and never lets a target's trouble reach a disc.</summary>
public sealed class NoticeTests
{
    private const int Limit = 60;

    [Fact]
    public async Task A_damaged_disc_is_told_to_every_target_with_a_picture_for_Discord()
    {
        using var bench = new Bench();
        await using var server = await StartDiscord();
        var disc = bench.Photographs(seed: 2101);
        var bad = disc["DCIM/IMG_0001.JPG"].Sector;
        var map = Mapfile.Write(bench.Folder["bad.map"], disc.Length, [bad, bad + 1]);

        var node = With(bench, server).With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").With("NOTIFY_NTFY_URL", $"{server.Address}topic")
            .With("NOTIFY_APPRISE_URL", $"{server.Address}notify/key").With("NOTIFY_HOOK", $"tee {bench.Folder["hook.json"]}");
        node.Import(disc.Path, "--simulate-damage", map).Expect(3);

        var message = server.Requests.Single(request => request.Path.Contains("/webhooks/", StringComparison.Ordinal));
        Assert.Contains("attachment://map.png", message.Text, StringComparison.Ordinal);
        Assert.True(message.Bytes.AsSpan().IndexOf((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']) > 0, "there is no picture");
        Assert.Contains("PHOTOS\\\\: damaged", message.Text, StringComparison.Ordinal);
        var document = JsonNode.Parse(server.Requests.Single(request => request.Path == "/in").Text)!;
        Assert.Equal(("damaged", bench.OnlyDisc.Name), ((string?)document["kind"], (string?)document["disc"]!["folder"]));
        Assert.Equal((string?)document["id"], (string?)JsonNode.Parse(File.ReadAllText(bench.Folder["hook.json"]))!["id"]);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(bench.OnlyDisc.Name, (string?)NoteOf(bench, "9001")["folder"]);
        Assert.Empty(Waiting(bench));
    }

    [Fact]
    public async Task A_target_that_is_down_costs_the_disc_nothing_and_gets_its_notices_later()
    {
        using var bench = new Bench();
        Uri address;
        await using (var gone = await LoopbackServer.StartAsync())
        {
            address = gone.Address;
        }

        var node = With(bench, address);
        node.Import(bench.Photographs(2102, "ONE", "1.iso").Path).Expect(0);
        node.Import(bench.Photographs(2103, "TWO", "2.iso").Path).Expect(0);
        Assert.Equal(2, Waiting(bench).Count);
        node.Run("notify", "send", "--archive", bench.Archive).Expect(1);

        await using var server = await LoopbackServer.StartAsync(address.Port);
        server.Answer = Discord();
        node.Run("notify", "send", "--archive", bench.Archive).Expect(0);
        node.Run("notify", "send", "--archive", bench.Archive).Expect(0);

        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("ONE", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("TWO", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Empty(Waiting(bench));
    }

    [Fact]
    public async Task A_target_that_hangs_holds_an_import_up_for_no_longer_than_it_may()
    {
        using var bench = new Bench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Hang(context);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        With(bench, server).With("NOTIFY_WAIT", "1").Import(bench.Photographs(seed: 2104).Path).Expect(0);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        Assert.Single(Waiting(bench));
    }

    [Fact]
    public async Task A_program_that_is_killed_while_it_sends_tells_it_after_its_next_start()
    {
        using var bench = new Bench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Hang(context);
        using (var import = With(bench, server).StartImport(bench.Photographs(seed: 2105).Path))
        {
            Until.True(() => !server.Requests.IsEmpty, Limit, () => import.Error);
            import.StopWith("KILL");
        }

        server.Answer = Discord();
        With(bench, server).Run("notify", "send", "--archive", bench.Archive).Expect(0);

        // Once for the try that nobody saw the end of, a question whether the webhook is there, and once more.
        Assert.Equal(["POST", "GET", "POST"], server.Requests.Select(request => request.Method));
        Assert.Empty(Waiting(bench));
    }

    [Fact]
    public async Task A_webhook_that_was_deleted_is_stopped_and_doctor_says_so_until_a_test_passes()
    {
        using var bench = new Bench();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, 404, """{"message":"Unknown Webhook","code":10015}""");
        var node = With(bench, server);
        node.Import(bench.Photographs(2106, "ONE", "1.iso").Path).Expect(0);
        node.Import(bench.Photographs(2107, "TWO", "2.iso").Path).Expect(0);
        Assert.Single(server.Requests);

        var doctor = node.Run("doctor", "--archive", bench.Archive);
        Assert.Contains("is not used since", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("waiting notices: 2", doctor.Out, StringComparison.Ordinal);
        var failed = node.Run("notify", "test", "--archive", bench.Archive).Expect(1);
        Assert.Contains("Unknown Webhook", failed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_half", doctor.All + failed.All, StringComparison.Ordinal);

        server.Answer = Discord();
        node.Run("notify", "test", "--archive", bench.Archive).Expect(0);
        node.Run("notify", "send", "--archive", bench.Archive).Expect(0);
        Assert.Empty(Waiting(bench));
        Assert.Contains("; waiting: 0.", node.Run("doctor", "--archive", bench.Archive).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_test_shows_what_every_target_says()
    {
        using var bench = new Bench();
        await using var server = await StartDiscord();
        var node = With(bench, server).With("NOTIFY_HOOK", "/no/such/hook").With("NOTIFY_WEBHOOK_URL", $"{server.Address}in")
            .With("NOTIFY_WEBHOOK_EVENTS", "failed");

        var result = node.Run("notify", "test", "--json", "--archive", bench.Archive).Expect(1);

        var answers = result.Json.AsArray().ToDictionary(answer => (string)answer!["target"]!, answer => (bool)answer!["isSent"]!);
        Assert.Equal((true, true, false), (answers["discord"], answers["webhook"], answers["hook"]));
        bench.Node().Run("notify", "test").Expect(2);
        var failed = bench.Node().With("NOTIFY_HOOK", "/bin/false").Run("notify", "test", "--json").Expect(1).Json[0]!;
        Assert.Equal("exit 1", failed.Text("answer"));
        Assert.Contains("did not take the test", failed.Text("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_tells_each_disc_of_its_trays_and_of_a_target_only_what_it_wants()
    {
        using var bench = new Bench();
        await using var server = await StartDiscord();
        var tray = bench.Folder.NewFolder("tray");
        using var watch = With(bench, server).With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").With("NOTIFY_WEBHOOK_EVENTS", "alreadyWhole failed")
            .StartWatch(tray);
        var disc = bench.Photographs(seed: 2108);

        disc.CopyTo(Path.Combine(tray, "1.iso"));
        Until.True(() => server.Requests.Count == 1, Limit, () => watch.Error);
        disc.CopyTo(Path.Combine(tray, "2.iso"));
        Until.True(() => server.Requests.Count == 3, Limit, () => watch.Error);

        Assert.Equal(0, watch.StopWith("TERM").ExitCode);
        var told = server.Requests.Where(request => request.Path == "/in").ToArray();
        Assert.Equal("alreadyWhole", (string?)JsonNode.Parse(Assert.Single(told).Text)!["kind"]);
    }

    [Fact]
    public async Task A_file_that_is_no_disc_is_told_as_failed()
    {
        using var bench = new Bench();
        await using var server = await StartDiscord();
        File.WriteAllText(bench.Folder["text.iso"], "no disc");
        With(bench, server).With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").Import(bench.Folder["text.iso"]).Expect(2);
        var told = server.Requests.Single(request => request.Path == "/in");
        Assert.Equal("failed", (string?)JsonNode.Parse(told.Text)!["kind"]);
    }

    [Fact]
    public async Task Two_discs_that_share_an_identifier_are_told_as_twins()
    {
        using var bench = new Bench();
        await using var server = await StartDiscord();
        const string Uuid = "2003080112000000";
        var one = DiscImage.MakeWithUuid(bench.Folder["1.iso"], "SUMMER", SourceFiles.Photographs(2109), Uuid);
        var two = DiscImage.MakeWithUuid(bench.Folder["2.iso"], "SUMMER", SourceFiles.Photographs(2110), Uuid);
        var node = With(bench, server).With("NOTIFY_WEBHOOK_URL", $"{server.Address}in").With("NOTIFY_WEBHOOK_EVENTS", "twin");
        node.Import(one.Path).Expect(0);
        node.Import(two.Path).Expect(0);
        var told = Assert.Single(server.Requests, request => request.Path == "/in");
        Assert.Contains("share", (string?)JsonNode.Parse(told.Text)!["twin"], StringComparison.Ordinal);
    }

    private static Backuper With(Bench bench, LoopbackServer server) => With(bench, server.Address);

    private static Backuper With(Bench bench, Uri server) => bench.Node()
        .With("DISCORD_API_URL", $"{server}").With("DISCORD_WEBHOOK_URL", $"{server}api/webhooks/123456789012345678/AbCd_secret_half");

    private static async Task<LoopbackServer> StartDiscord()
    {
        var server = await LoopbackServer.StartAsync();
        server.Answer = Discord();
        return server;
    }

    private static Func<LoopbackServer.Received, Microsoft.AspNetCore.Http.HttpContext, Task> Discord()
    {
        var last = 9000;
        return (request, context) => LoopbackServer.Say(
            context, 200, $$"""{"id":"{{(request.Method == "POST" && request.Path.StartsWith("/webhooks/", StringComparison.Ordinal) ? ++last : last)}}","channel_id":"77"}""");
    }

    private static IReadOnlyList<string> Waiting(Bench bench)
    {
        var outbox = Path.Combine(bench.Archive, ".cdbackuper/outbox");
        return !Directory.Exists(outbox) ? [] : [.. Directory.EnumerateDirectories(outbox).SelectMany(queue => Directory.EnumerateFiles(queue, "*.json"))];
    }

    private static JsonNode NoteOf(Bench bench, string message) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(bench.Archive, ".cdbackuper/notices", message + ".json")))!;
}
