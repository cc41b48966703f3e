using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// A node stands still at a point of an import (its machine sleeps, its NAS hangs), another node takes its disc's folder over and ends,
/// and then the first one wakes in the middle of what it was doing. It stops, and what it writes late changes nothing.
/// </summary>
public sealed class TakeoverTests
{
    [Theory]
    [InlineData("import", "hold")]
    [InlineData("import", "holdmain")]
    [InlineData("damaged", "hold")]
    [InlineData("repair", "hold")]
    [InlineData("repair", "holdmain")]
    [InlineData("merge", "hold")]
    [InlineData("resume", "hold")]
    public void A_holder_that_wakes_after_it_was_taken_over_changes_nothing(string scenarioName, string action)
    {
        using var scenario = CrashScenario.Make(scenarioName);
        CrashPoints.Try($"{scenarioName}, {action}", CrashPoints.Of(scenario.Calls), point => Disturb(scenario, point, action));
    }

    private static List<string> Disturb(CrashScenario scenario, int point, string action)
    {
        var (archive, image) = scenario.Fresh();
        var kept = new KeptFiles(archive);
        var twin = Path.Combine(Path.GetDirectoryName(archive)!, "twin.iso");
        File.Copy(image, twin);
        var log = twin + ".log";
        string[] second = [Repository.Program, .. scenario.Arguments(archive, twin)];
        var command = $"NODE_NAME=node-b {string.Join(' ', second.Select(word => $"'{word}'"))} >'{log}' 2>&1; echo \"exit code $?\" >>'{log}'";
        var (first, _) = Tripwire.Run(
            scenario.Node.With("CLAIM_PATIENCE", "1"), scenario.Arguments(archive, image), archive, point, $"{action}:{command}");
        var wrong = new List<string>();
        var others = File.Exists(log) ? File.ReadAllText(log) : "";
        if (others.Length > 0 && !others.TrimEnd().EndsWith($"exit code {scenario.ExitCode}", StringComparison.Ordinal))
        {
            wrong.Add($"the second node was to end with {scenario.ExitCode}: {others}");
        }

        // 0 and 3: it was held before it claimed, or after it had recorded all.
        if (first.ExitCode != scenario.ExitCode && first.ExitCode is not (0 or 1))
        {
            wrong.Add($"the first node ended badly: {first}");
        }

        if (first.Error.Contains("   at ", StringComparison.Ordinal))
        {
            wrong.Add($"a stack trace is no word for people: {first}");
        }

        wrong.AddRange(kept.Worse(scenario.Disc).Concat(KeptFiles.Lies(archive, scenario.Disc)).Select(line => $"after both: {line}"));
        if (first.ExitCode == 1)
        {
            wrong.AddRange(ArchiveFacts.Difference(scenario.Undisturbed, ArchiveFacts.Of(archive)).Select(line => $"after both: {line}"));
        }

        wrong.AddRange(Recovery.Check(scenario, archive, image, kept));
        if (wrong.Count == 0)
        {
            CrashScenario.Forget(archive);
        }
        else
        {
            wrong.Add($"the first node: {first}");
            wrong.Add($"the second node: {others}");
        }

        return wrong;
    }
}
