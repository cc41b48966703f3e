namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// Two copies of one disc are put into two nodes in the same moment: one folder, both end well, no byte mixed. Where a
/// test may make namespaces, the second node's monotonic clock is eleven days ahead.
/// </summary>
public sealed class TwinsAtOnceTests
{
    [Theory]
    [InlineData("import")]
    [InlineData("damaged")]
    [InlineData("repair")]
    [InlineData("merge")]
    public void Twins_at_once_end_in_one_folder(string scenarioName)
    {
        using var scenario = CrashScenario.Make(scenarioName);
        CrashPoints.Try($"{scenarioName}, twins at once", CrashPoints.Rounds, _ => Both(scenario));
    }

    private static List<string> Both(CrashScenario scenario)
    {
        var (archive, image) = scenario.Fresh();
        var kept = new KeptFiles(archive);
        var twin = Path.Combine(Path.GetDirectoryName(archive)!, "twin.iso");
        File.Copy(image, twin);
        using var one = scenario.Node.Start(scenario.Arguments(archive, image));
        using var two = scenario.NodeB.StartUnderOtherClocks(scenario.Arguments(archive, twin));
        var results = new[] { one.WaitForExit(TimeSpan.FromMinutes(1)), two.WaitForExit(TimeSpan.FromMinutes(1)) };
        var wrong = results.Where(result => result.ExitCode != scenario.ExitCode)
            .Select(result => $"{scenario.ExitCode} was expected: {result}").ToList();
        wrong.AddRange(kept.Worse(scenario.Disc).Concat(KeptFiles.Lies(archive, scenario.Disc)));
        wrong.AddRange(Recovery.Check(scenario, archive, image, kept));
        CrashScenario.Forget(archive);
        return wrong;
    }
}
