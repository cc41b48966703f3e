using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// The program is killed at a point of its work, counted in calls of the kernel. Nothing that was right is lost, nothing is
/// called whole that is not, and the next import ends in the same archive as one that was never disturbed.
/// </summary>
public sealed class KillTests
{
    [Theory]
    [InlineData("import", "kill")]
    [InlineData("import", "tear")]
    [InlineData("import", "killmain")]
    [InlineData("damaged", "kill")]
    [InlineData("damaged", "killmain")]
    [InlineData("repair", "kill")]
    [InlineData("repair", "tear")]
    [InlineData("merge", "kill")]
    [InlineData("merge", "tear")]
    [InlineData("resume", "kill")]
    [InlineData("again", "kill")]
    public void A_kill_at_any_point_loses_nothing(string scenarioName, string action)
    {
        using var scenario = CrashScenario.Make(scenarioName);
        CrashPoints.Try($"{scenarioName}, {action}", CrashPoints.Of(scenario.Calls), point => Disturb(scenario, point, action));
    }

    private static List<string> Disturb(CrashScenario scenario, int point, string action)
    {
        var (archive, image) = scenario.Fresh();
        var kept = new KeptFiles(archive);
        var (killed, calls) = Tripwire.Run(scenario.Node, scenario.Arguments(archive, image), archive, point, action);
        var wrong = new List<string>();
        if (calls >= point && killed.ExitCode != 137)
        {
            wrong.Add($"it was not killed: {killed}");
        }

        wrong.AddRange(kept.Worse(scenario.Disc).Concat(KeptFiles.Lies(archive, scenario.Disc)).Select(line => $"after the kill: {line}"));
        wrong.AddRange(Recovery.Check(scenario, archive, image, kept));
        if (wrong.Count == 0)
        {
            CrashScenario.Forget(archive);
        }

        return wrong;
    }
}
