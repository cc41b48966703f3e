using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// The power of the archive's storage goes at a point of an import: what was not made durable by then is there, or not, or half. The
/// next import ends in the same archive as one that was never disturbed.
/// </summary>
public sealed class PowerCutTests
{
    [Theory]
    [InlineData("import")]
    [InlineData("damaged")]
    [InlineData("repair")]
    [InlineData("merge")]
    [InlineData("resume")]
    [InlineData("again")]
    public void A_cut_at_any_point_loses_nothing(string scenarioName)
    {
        using var scenario = CrashScenario.Make(scenarioName);
        var (archive, image) = scenario.Fresh();
        var log = archive + ".log";
        Tripwire.Run(scenario.Node, scenario.Arguments(archive, image), archive, log: log).Result.Expect(scenario.ExitCode);
        var calls = DiskCall.ReadAll(log);
        CrashPoints.Try($"{scenarioName}, power cut", CrashPoints.Of(scenario.Calls), point => Cut(scenario, calls, point));
    }

    private static List<string> Cut(CrashScenario scenario, IReadOnlyList<DiskCall> calls, int point)
    {
        var (archive, image) = scenario.Fresh();
        var kept = new KeptFiles(archive);
        var disk = new CutDisk(archive);
        foreach (var call in calls.Where(call => call.Number < point))
        {
            disk.Do(call);
        }

        disk.CutTo(archive, new Random(point));
        List<string> wrong =
        [
            .. kept.Worse(scenario.Disc).Concat(KeptFiles.Lies(archive, scenario.Disc)).Select(line => $"after the cut: {line}"),
            .. Recovery.Check(scenario, archive, image, kept),
        ];
        if (wrong.Count == 0)
        {
            CrashScenario.Forget(archive);
        }

        return wrong;
    }
}
