using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>The unit of systemd, the compose file, and what Prometheus is given.</summary>
public sealed class OneMachineTests
{
    private static string Deploy(string name) => Path.Combine(Repository.Root, "deploy", name);

    [Fact]
    public void Systemd_finds_nothing_wrong_with_the_unit_and_little_that_it_could_still_do()
    {
        Assert.SkipUnless(Tool.Exists("systemd-analyze"), "systemd-analyze (Debian: systemd) is not here");
        using var folder = new TempFolder();
        var unit = folder["cdbackuper.service"];
        File.WriteAllText(unit, File.ReadAllText(Deploy("systemd/cdbackuper.service")).Replace("/opt/cdbackuper/cdbackuper", Repository.Program, StringComparison.Ordinal));

        var verify = Tool.Run("systemd-analyze", "verify", unit);
        Assert.Equal((0, ""), (verify.ExitCode, verify.Out + verify.Error));
        // In tenths: "OK" is below 3.0, and most services are called unsafe, with 9.0 and more.
        Tool.Run("systemd-analyze", "security", "--offline=true", "--threshold=25", unit).Expect(0);
    }

    [Fact]
    public void The_unit_gives_the_program_the_time_that_it_takes_to_end()
    {
        var unit = File.ReadAllLines(Deploy("systemd/cdbackuper.service"));
        Assert.Contains("TimeoutStopSec=75", unit);
        Assert.Contains("KillMode=mixed", unit);
        Assert.Contains("Type=notify", unit);
        Assert.Contains("WatchdogSec=120", unit);
        // Each would break something: docs/operations.md, "One machine".
        Assert.DoesNotContain(unit, line => line.StartsWith("ReadWritePaths", StringComparison.Ordinal)
            || line.StartsWith("ProtectProc", StringComparison.Ordinal) || line.StartsWith("PrivateUsers", StringComparison.Ordinal)
            || line.StartsWith("PrivateDevices", StringComparison.Ordinal) || line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal));
    }

    [Fact]
    public void The_compose_file_asks_for_no_more_than_the_pods_have()
    {
        var compose = k8s.KubernetesYaml.Deserialize<Dictionary<string, object>>(File.ReadAllText(Deploy("compose.yaml")));
        var watch = (IDictionary<object, object>)((IDictionary<object, object>)compose["services"])["watch"];
        var version = System.Text.RegularExpressions.Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")), "<Version>(.*)</Version>");
        Assert.Equal($"ghcr.io/wipash/cdbackuper:{version.Groups[1].Value}", watch["image"]);
        Assert.Equal("75s", watch["stop_grace_period"]);
        Assert.Equal(["ALL"], ((IEnumerable<object>)watch["cap_drop"]).Cast<string>());
        Assert.Equal(["127.0.0.1:8080:8080"], ((IEnumerable<object>)watch["ports"]).Cast<string>());
        Assert.Equal(true, watch["read_only"]);
        Assert.False(watch.ContainsKey("privileged"));
    }

    [Fact]
    public void Promtool_finds_the_rules_right_and_they_fire_when_they_should()
    {
        Assert.SkipUnless(Tool.Exists("promtool"), "promtool (Debian: prometheus) is not here");
        Tool.Run("promtool", "check", "rules", Deploy("monitoring/alerts.yaml")).Expect(0);
        Tool.Run("promtool", "test", "rules", Deploy("monitoring/alerts.test.yaml")).Expect(0);
        Tool.Run("promtool", "check", "config", "--syntax-only", Deploy("monitoring/scrape.yaml")).Expect(0);
    }

    [Fact]
    public void Every_alert_is_tried_both_ways()
    {
        var alerts = File.ReadLines(Deploy("monitoring/alerts.yaml")).Select(line => line.Trim())
            .Where(line => line.StartsWith("- alert: ", StringComparison.Ordinal)).Select(line => line["- alert: ".Length..]).ToArray();
        var tried = File.ReadAllText(Deploy("monitoring/alerts.test.yaml"));
        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert =>
        {
            Assert.Matches($@"alertname: {alert}\n +exp_alerts: \[\]", tried);
            Assert.Matches($@"alertname: {alert}\n +exp_alerts:\n", tried);
        });
    }

    [Fact]
    public void Every_question_of_the_dashboard_is_one_that_prometheus_understands()
    {
        Assert.SkipUnless(Tool.Exists("promtool"), "promtool (Debian: prometheus) is not here");
        var dashboard = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Deploy("monitoring/dashboard.json")))!;
        var questions = dashboard.Objects().Where(item => item.ContainsKey("expr")).Select(item => item.Text("expr")!.Replace("$instance", ".*", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(questions);
        using var folder = new TempFolder();
        File.WriteAllText(folder["rules.yaml"], "groups:\n- name: dashboard\n  rules:\n" + string.Concat(questions.Select((question, index) =>
            $"  - record: question:{index}\n    expr: '{question.Replace("'", "''", StringComparison.Ordinal)}'\n")));
        Tool.Run("promtool", "check", "rules", folder["rules.yaml"]).Expect(0);
    }
}
