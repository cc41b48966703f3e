using System.Diagnostics;
using CdBackuper.Linux.Processes;

namespace CdBackuper.Tests.Linux.Processes;

/// <summary>
/// A process of its own that runs a child: this test program, told to run one of the explicit facts below, which are no
/// tests.
/// </summary>
public sealed class ParentProcess
{
    private const string FileVariable = "CDBACKUPER_TEST_FILE";

    internal static Process Start(string fact, string file)
    {
        // a shell first, for it can ignore SIGINT, as `nohup` and `&` do
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "trap '' INT; exec \"$@\"", "sh", Environment.ProcessPath!, "-explicit", "only", "-method", $"{typeof(ParentProcess).FullName}.{fact}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FileVariable] = file;
        return Process.Start(start)!;
    }

    internal static string NameOf(int process) => File.ReadAllText($"/proc/{process}/comm").Trim();

    /// <summary>False for zombies too: nobody may have reaped an orphan here.</summary>
    internal static bool IsRunning(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact(Explicit = true)]
    public void Runs_a_child_for_ever() =>
        Child.Run(new("sh", ["-c", $"echo $$ > '{TheFile()}'; exec sleep 1000"]), null, CancellationToken.None);

    [Fact(Explicit = true)]
    public void Cancels_a_child_and_writes_what_came_of_it()
    {
        using var source = new CancellationTokenSource();
        var outcome = Child.Run(new("yes", []), _ => source.Cancel(), source.Token);
        File.WriteAllText(TheFile(), $"signal {outcome.Signal}, killed {outcome.WasKilled}\n");
    }

    private static string TheFile()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        Assert.SkipWhen(file is null, "this is no test, other tests start it in a process of its own");
        return file;
    }
}
