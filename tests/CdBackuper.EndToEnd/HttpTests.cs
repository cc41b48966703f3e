using System.Net;
using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What the running program answers over HTTP.</summary>
public sealed class HttpTests
{
    private const int Limit = 60;

    [Fact]
    public void A_disc_shows_in_drives_discs_and_metrics()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var disc = bench.Photographs(seed: 901);
        File.Move(disc.Path, Path.Combine(tray, "disc.iso"));
        using var watch = bench.Node().StartWatchWithHttp(tray);
        using var http = new LocalHttp(watch);

        Until.True(() => File.Exists(Path.Combine(tray, "ejected/disc.iso")), Limit, () => watch.Error);
        Until.True(() => http.Get("/api/drives").Json[0]!.Text("condition") == "empty", Limit, () => http.Get("/api/drives").Text);

        var drive = http.Get("/api/drives").Json[0]!;
        Assert.Equal(("node-a", tray, "whole", 0), (
            drive.Text("node"), drive.Text("path"), drive["last"]!.Text("outcome"), (int)drive["silentSeconds"]!.GetValue<double>()));
        Assert.True(JsonNode.DeepEquals(http.Get("/api/discs").Json, bench.Node().List().Json), "/api/discs is list --json");
        Assert.True(JsonNode.DeepEquals(http.Get("/api/discs/1").Json, bench.Node().Show("1").Json), "/api/discs/1 is show --json");
        Assert.Equal(HttpStatusCode.NotFound, http.Get("/api/discs/2").Status);
        Assert.Equal(HttpStatusCode.NotFound, http.Get("/api/discs/..%2F..%2Fetc").Status);

        Until.True(() => http.Metrics().ContainsKey("cdbackuper_discs{condition=\"whole\"}"), Limit, () => http.Get("/metrics").Text);
        var metrics = http.Metrics();
        var label = "drive=\"tray\",model=\"tray\"";
        Assert.Equal(1, metrics["cdbackuper_discs{condition=\"whole\"}"]);
        Assert.Equal(0, metrics["cdbackuper_discs{condition=\"damaged\"}"]);
        Assert.Equal(1, metrics[$"cdbackuper_attempts_total{{{label},outcome=\"whole\"}}"]);
        Assert.Equal(0, metrics[$"cdbackuper_attempts_total{{{label},outcome=\"damaged\"}}"]);
        Assert.Equal(JsonNode.Parse(File.ReadAllText(bench.OnlyDisc[bench.OnlyDisc.Attempts[0]]))!.Number("sectorsWon"), metrics[$"cdbackuper_sectors_read_total{{{label}}}"]);
        Assert.Equal(metrics[$"cdbackuper_sectors_read_total{{{label}}}"] * 2048, metrics[$"cdbackuper_rescued_bytes_total{{{label}}}"]);
        Assert.Equal(1, metrics[$"cdbackuper_pass_duration_seconds_count{{{label},pass=\"copy\"}}"]);
        Assert.Equal(1, metrics[$"cdbackuper_drive_state{{{label},state=\"empty\"}}"]);
        Assert.Equal(1, metrics["cdbackuper_archive_usable"]);
        Assert.InRange(metrics["cdbackuper_archive_free_bytes"], 1, double.MaxValue);
        Assert.InRange(metrics["cdbackuper_last_success_timestamp_seconds"], 1_700_000_000, double.MaxValue);
    }

    [Fact]
    public void Notices_that_a_target_does_not_take_show_in_metrics_and_health()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        File.Move(bench.Photographs(seed: 904).Path, Path.Combine(tray, "disc.iso"));
        using var watch = bench.Node().With("NOTIFY_WEBHOOK_URL", "http://127.0.0.1:9/nobody").StartWatchWithHttp(tray);
        using var http = new LocalHttp(watch);
        Until.True(() => File.Exists(Path.Combine(tray, "ejected/disc.iso")), Limit, () => watch.Error);

        // Each look at the discs is one at the outbox.
        Until.True(
            () => http.Get("/api/discs").Status == HttpStatusCode.OK && http.Get("/healthz").Json.Number("noticesWaiting") == 1,
            Limit,
            () => http.Get("/healthz").Text);
        var metrics = http.Metrics();
        Assert.Equal(1, metrics["cdbackuper_outbox_notices{queue=\"node-a.webhook\"}"]);
        Assert.InRange(metrics["cdbackuper_outbox_oldest_seconds{queue=\"node-a.webhook\"}"], 0.001, Limit * 3);
    }

    [Fact]
    public void A_disc_in_work_shows_how_far_it_is_and_waits_for_the_next_process()
    {
        using var bench = new Bench();
        var tray = bench.Folder.NewFolder("tray");
        var disc = InterruptionTests.BigDisc(bench, seed: 903);
        using var slow = DamagedFile.Slow(Path.Combine(tray, "slow.iso"), disc.Path, "8M");
        using var watch = bench.Node().StartWatchWithHttp(tray);
        using var http = new LocalHttp(watch);

        Until.True(() => http.Get("/api/drives").Json.AsArray().Any(drive => drive!["work"]?["percent"] is not null), Limit, () => http.Get("/api/drives").Text);

        var drive = http.Get("/api/drives").Json[0]!;
        Assert.Equal(("working", "rescuing"), (drive.Text("condition"), drive["work"]!.Text("stage")));
        Until.True(
            () => http.Metrics().Any(series => series.Key.StartsWith("cdbackuper_disc_progress_ratio{", StringComparison.Ordinal) && series.Value is >= 0 and <= 1),
            10,
            () => http.Get("/metrics").Text);
        Assert.Equal(0, watch.StopWith("TERM").ExitCode);
        Assert.InRange(Mapfile.Bytes(bench.OnlyDisc["ddrescue.mapfile"], '+'), 1, disc.Length - 1);
    }

    [Fact]
    public void The_descriptions_and_rules_speak_of_metrics_that_there_are()
    {
        using var bench = new Bench();
        using var watch = bench.Node().StartWatchWithHttp(bench.Folder.NewFolder("tray"));
        using var http = new LocalHttp(watch);
        Until.True(() => http.Metrics().ContainsKey("cdbackuper_archive_usable"), Limit, () => http.Get("/metrics").Text);
        var text = http.Get("/metrics").Text;
        var known = text.Fields('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet();

        Assert.DoesNotContain("otel_scope", text, StringComparison.Ordinal);
        foreach (var file in new[] { "deploy/monitoring/alerts.yaml", "deploy/monitoring/dashboard.json", "docs/operations.md" })
        {
            var names = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, file)), @"\bcdbackuper_[a-z_]+")
                .Select(match => System.Text.RegularExpressions.Regex.Replace(match.Value, "_(bucket|count|sum)$", "")).Distinct();
            Assert.All(names, name => Assert.True(
                known.Contains(name) || OnlyAfterADisc.Contains(name), $"{file} has {name}, and the program has not"));
        }
    }

    [Fact]
    public void The_api_describes_itself()
    {
        using var bench = new Bench();
        using var watch = bench.Node().StartWatchWithHttp(bench.Folder.NewFolder("tray"));
        using var http = new LocalHttp(watch);

        var description = http.Get("/openapi.json").Json;

        Assert.StartsWith("3.", description.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal(["/api/discs", "/api/discs/{disc}", "/api/drives"], description["paths"]!.Keys().Order(StringComparer.Ordinal));
        var schemas = description["components"]!["schemas"]!;
        Assert.Equal(["whole", "damaged", "unreadable", "unknownFileSystem"], schemas["DiscCondition"]!["enum"].Texts().Order(Comparer<string>.Create(
            (left, right) => Array.IndexOf(Conditions, left) - Array.IndexOf(Conditions, right))));
        Assert.Contains("silentSeconds", schemas["DriveDocument"]!["properties"]!.Keys());
        Assert.DoesNotContain("127.0.0.1", description.ToJsonString(), StringComparison.Ordinal);
        var nothing = http.Get("/nope.txt");
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing at this path."), (nothing.Status, nothing.Json["error"]!.Text("message")));
    }

    [Fact]
    public void Health_does_not_ask_an_archive_that_is_away()
    {
        using var bench = new Bench();
        using var watch = bench.Node().StartWatchWithHttp(bench.Folder.NewFolder("tray"));
        using var http = new LocalHttp(watch);
        Until.True(() => http.Get("/readyz").Status == HttpStatusCode.OK, Limit, () => watch.Error);

        Directory.Move(bench.Archive, bench.Folder["away"]);

        var health = http.Get("/healthz");
        Assert.Equal((HttpStatusCode.OK, "alive"), (health.Status, health.Json.Text("status")));
        Assert.Equal(HttpStatusCode.OK, http.Get("/readyz").Status);
        var discs = http.Get("/api/discs");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, discs.Status);
        Assert.Contains("went away", discs.Json["error"]!.Text("message"), StringComparison.Ordinal);
        Until.True(() => http.Metrics().GetValueOrDefault("cdbackuper_archive_usable", 1) == 0, Limit, () => http.Get("/metrics").Text);
    }

    [Fact]
    public void Serve_shows_the_archive_without_drives_and_ends_with_0()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(seed: 902).Path).Expect(0);
        using var serve = bench.Node().With("HTTP_LISTEN", "127.0.0.1:0").Start("serve", "--archive", bench.Archive);
        using var http = new LocalHttp(serve);

        Assert.Empty(http.Get("/api/drives").Json.AsArray());
        Assert.Single(http.Get("/api/discs").Json.AsArray());
        Assert.Equal(0, serve.StopWith("TERM").ExitCode);
    }

    [Fact]
    public void An_address_that_was_chosen_and_is_taken_ends_the_program_and_says_so()
    {
        using var bench = new Bench();
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var result = bench.Node().With("HTTP_LISTEN", taken.LocalEndpoint.ToString()!).Run("watch", "--archive", bench.Archive);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"HTTP can't be served at {taken.LocalEndpoint}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_http_nothing_is_listened_to_and_serve_says_that_it_needs_it()
    {
        using var bench = new Bench();
        using var watch = bench.Node().StartWatch(bench.Folder.NewFolder("tray"));
        Until.True(() => watch.Error.Contains("Watching tray", StringComparison.Ordinal), Limit, () => watch.Error);
        Assert.DoesNotContain("Health, metrics", watch.Error, StringComparison.Ordinal);
        bench.Node().Run("serve", "--archive", bench.Archive).Expect(2);
    }

    private static readonly string[] Conditions = ["whole", "damaged", "unreadable", "unknownFileSystem"];

    /// <summary>These have no value before a disc was done.</summary>
    private static readonly string[] OnlyAfterADisc =
    [
        "cdbackuper_pass_duration_seconds", "cdbackuper_disc_progress_ratio", "cdbackuper_last_success_timestamp_seconds",
        "cdbackuper_outbox_notices", "cdbackuper_outbox_oldest_seconds",
    ];
}
