using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// The archive's storage fails at a point of an import, for a moment or from then on. It is said, the exit code is right, nothing that
/// was right is lost, and the next import ends in the same archive as one that was never disturbed.
/// </summary>
public sealed class FaultTests
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["ENOSPC"] = "space",
        ["EDQUOT"] = "quota",
        ["EIO"] = "Input/output error",
        ["EROFS"] = "read-only",
        ["ESTALE"] = "stale",
        ["EACCES"] = "denied",
    };

    [Theory]
    [InlineData("import", "once:EIO")]
    [InlineData("import", "from:ENOSPC")]
    [InlineData("import", "from:EROFS")]
    [InlineData("damaged", "once:ENOSPC")]
    [InlineData("damaged", "from:EIO")]
    [InlineData("repair", "once:EIO")]
    [InlineData("repair", "from:ESTALE")]
    [InlineData("merge", "once:ENOSPC")]
    [InlineData("merge", "from:EDQUOT")]
    [InlineData("resume", "from:EACCES")]
    [InlineData("again", "from:EROFS")]
    public void A_fault_at_any_point_is_said_and_loses_nothing(string scenarioName, string fault)
    {
        using var scenario = CrashScenario.Make(scenarioName);
        CrashPoints.Try($"{scenarioName}, {fault}", CrashPoints.Of(scenario.Calls), point => Disturb(scenario, point, fault));
    }

    /// <summary>
    /// Of a fault that is over, and that only ddrescue met when it opened its map, nobody knows the number: it says the file, and no more.
    /// </summary>
    private static bool IsSaid(string error, string fault) =>
        error.Contains(Words[fault.Split(':')[1]], StringComparison.OrdinalIgnoreCase)
        || (fault.StartsWith("once:", StringComparison.Ordinal) && error.Contains("ddrescue.mapfile: Mapfile is not writable", StringComparison.Ordinal));

    private static List<string> Disturb(CrashScenario scenario, int point, string fault)
    {
        var (archive, image) = scenario.Fresh();
        var kept = new KeptFiles(archive);
        var (result, _) = Tripwire.Run(scenario.Node, scenario.Arguments(archive, image), archive, point, fault);
        var wrong = new List<string>();

        // A fault of a moment may hit what is not needed to succeed: a beat, the removal of a temporary file.
        var isAbsorbed = result.ExitCode == scenario.ExitCode;
        if (result.ExitCode != 1 && !isAbsorbed)
        {
            wrong.Add($"exit code 1 was expected: {result}");
        }

        if (!isAbsorbed && !IsSaid(result.Error, fault))
        {
            wrong.Add($"the fault is not said: {result}");
        }

        if (result.Error.Contains("   at ", StringComparison.Ordinal))
        {
            wrong.Add($"a stack trace is no word for people: {result}");
        }

        wrong.AddRange(kept.Worse(scenario.Disc).Concat(KeptFiles.Lies(archive, scenario.Disc)).Select(line => $"after the fault: {line}"));
        wrong.AddRange(Recovery.Check(scenario, archive, image, kept));
        if (wrong.Count == 0)
        {
            CrashScenario.Forget(archive);
        }

        return wrong;
    }
}
