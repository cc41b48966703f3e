using System.Collections;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Processes;

/// <summary>Runs other programs. Every start of a program in cdbackuper goes through here.</summary>
public static class Child
{
    private const string SystemFolders = "/usr/local/sbin:/usr/sbin:/sbin";

    /// <summary>
    /// Runs a program to its end, on the calling thread. Its standard input is /dev/null or <see cref="ChildCommand.Answer"/>, its language is C (LC_ALL), its
    /// process group is its own, no signal is ignored or blocked in it.
    /// </summary>
    /// <param name="command">What to run.</param>
    /// <param name="onOutput">
    /// Gets standard output and standard error together, in the order in which they were written, one call at a time, on
    /// the calling thread, in pieces of at most 64 KiB that end anywhere. The memory is valid during the call. Null drops
    /// the output. What it throws ends the child (SIGINT, grace, SIGKILL) and is then thrown by this method.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancelled: the child gets SIGINT (ddrescue then saves its map), after <see cref="ChildCommand.Grace"/> SIGKILL, and
    /// 10 s later it is given up as stuck. No exception is thrown then: the outcome says so. Where <paramref name="onOutput"/> stands still the child gets SIGKILL
    /// alone, a second after its grace, so that it does not outlive this process. A token that is cancelled
    /// beforehand lets the child start and interrupts it at once.
    /// </param>
    /// <returns>How it ended. However this method ends, the child and what it left behind are gone, or it is stuck.</returns>
    /// <remarks>
    /// When this process dies, even by SIGKILL, the kernel sends the child SIGINT (PR_SET_PDEATHSIG, set by setpriv(1)).
    /// The kernel does so when the <em>thread</em> that started the child ends: it waits here for the child's end, so this
    /// is met by itself. The child's own children are not covered by this.
    /// </remarks>
    /// <exception cref="FileNotFoundException">The program, or setpriv, is not installed; the message says what to do.</exception>
    /// <exception cref="IOException">It could not be started, for want of descriptors, processes or permission.</exception>
    /// <exception cref="ArgumentException">An argument contains NUL.</exception>
    public static ChildOutcome Run(
        ChildCommand command, Action<ReadOnlyMemory<byte>>? onOutput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var program = FindProgram(command.Program) ?? throw Missing(command.Program);
        var setpriv = FindProgram("setpriv") ?? throw Missing("setpriv");
        using var wakeUp = new WakeUpCall(cancellationToken);
        using var child = ChildProcess.Start(
            setpriv, ["setpriv", "--pdeathsig", "INT", "--", program, .. command.Arguments], EnvironmentInEnglish(), command.Answer);
        return new ChildWatch(child, wakeUp, command.Grace, onOutput, cancellationToken).Run();
    }

    /// <param name="name">A program's name, or a path (anything with a slash), which is only checked.</param>
    /// <returns>
    /// The first executable file of that name in PATH, or else in the folders of system programs, which PATH of a plain
    /// user often lacks; null where there is none.
    /// </returns>
    public static string? FindProgram(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return IsExecutable(name) ? name : null;
        }

        return $"{Environment.GetEnvironmentVariable("PATH")}:{SystemFolders}"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        FileFacts.Find(path, out _) is { IsRegular: true } facts && (facts.Mode & 0b001_001_001) != 0;

    private static FileNotFoundException Missing(string program)
    {
        var package = Path.GetFileName(program) switch
        {
            "ddrescue" => "gddrescue",
            "isoinfo" or "genisoimage" => "genisoimage",
            "setpriv" or "blkid" or "mount" or "flock" => "util-linux",
            var other => other,
        };
        return new(
            $"The program {program} was not found in PATH ({Environment.GetEnvironmentVariable("PATH")}) nor in "
            + $"{SystemFolders}. Install it: on Debian and Ubuntu `sudo apt-get install {package}`.",
            program);
    }

    private static List<string> EnvironmentInEnglish()
    {
        var variables = new List<string> { "LC_ALL=C" };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is not "LC_ALL")
            {
                variables.Add($"{variable.Key}={variable.Value}");
            }
        }

        return variables;
    }
}
