using CdBackuper.Rig.Kit;

[assembly: AssemblyFixture(typeof(Machine))]

namespace CdBackuper.Rig.Kit;

/// <summary>
/// The rig (tests/rig): a virtual machine with true drives of the kernel's sr driver, one for all tests, started by the first that
/// asks for it. See tests/rig/README.md.
/// </summary>
public sealed class Machine : IDisposable
{
    private const int NotPossibleHere = 75;
    private static readonly TimeSpan PrepareLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan OrderLimit = TimeSpan.FromMinutes(3);
    private static readonly string Scripts = Path.Combine(Repository.Root, "tests/rig");
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["RIG_HOME"] = Path.Combine(Repository.Root, "artifacts/rig"),
        ["RIG_RUN"] = Path.Combine(Repository.Root, "artifacts/rig/run"),
    };

    /// <summary>Set while tests are written: the machine is taken as it runs, and left running.</summary>
    private static readonly bool IsKept = System.Environment.GetEnvironmentVariable("RIG_KEEP") is not null;

    private static readonly Lazy<string?> Started = new(Start);

    /// <summary>The folder that the guest sees as /rig.</summary>
    internal static string Share { get; } = Path.Combine(Environment["RIG_RUN"]!, "share");

    /// <summary>Starts the machine where that was not done yet; skips the test where this machine can't have one.</summary>
    internal static void Need() => Assert.SkipWhen(Started.Value is not null, $"no rig here: {Started.Value}");

    /// <summary>An order of <c>rig</c> or <c>rig-mmc</c>; what it printed.</summary>
    internal static string Order(string script, params IEnumerable<string> words)
    {
        var result = Run(script, words, OrderLimit);
        Assert.True(result.ExitCode == 0, $"{script} {string.Join(' ', words)}: {result}");
        return result.Out;
    }

    /// <summary>Runs a bash script in the guest, to its end; what it printed. One that fails fails the test.</summary>
    internal static string Guest(string script) => Order("rig", "run", "--timeout", "120", "set -e; " + script);

    /// <summary>Starts a bash script in the guest.</summary>
    internal static RunningProcess StartGuest(string script, int limitSeconds) =>
        new(Path.Combine(Scripts, "rig"), ["run", "--timeout", $"{limitSeconds}", script], Environment);

    public void Dispose()
    {
        if (!IsKept && Started is { IsValueCreated: true, Value: null })
        {
            Order("rig", "stop");
        }
    }

    private static ToolResult Run(string script, IEnumerable<string> words, TimeSpan limit)
    {
        using var running = new RunningProcess(Path.Combine(Scripts, script), words, Environment);
        return running.WaitForExit(limit);
    }

    /// <returns>Null once it runs; why it can't run on this machine else. What fails for another reason fails the tests.</returns>
    private static string? Start()
    {
        if (IsKept && Run("rig", ["run", "true"], OrderLimit).ExitCode == 0)
        {
            return null;
        }

        var prepared = Run("prepare", [], PrepareLimit);
        if (prepared.ExitCode == NotPossibleHere)
        {
            return prepared.Error.Fields('\n')[^1];
        }

        Assert.True(prepared.ExitCode == 0, $"tests/rig/prepare: {prepared}");
        Order("rig", "stop");
        Order("rig", "start", "--drives", "2", "--memory", "3072");
        Tool.Output("cp", "-r", Path.Combine(Environment["RIG_HOME"]!, "program"), Path.Combine(Share, "program"));
        Guest("cp -r /rig/program /scratch/program; mkdir -p /run/nodes");
        return null;
    }
}
