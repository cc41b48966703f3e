using System.Globalization;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>
/// Counts the system calls by which a program and its children change something below a folder, and does something at
/// the n-th of them: see Tripwire/tripwire.c, which is built here with the machine's C compiler.
/// </summary>
internal static class Tripwire
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<(string Path, string? Missing)> Built = new(Build);

    /// <summary>Runs an import of the backuper under the wire.</summary>
    /// <param name="node">The program.</param>
    /// <param name="arguments">Its arguments, with the archive's.</param>
    /// <param name="below">The folder whose changes count.</param>
    /// <param name="point">Which call, from 1; null for none.</param>
    /// <param name="action">What then happens; null for nothing.</param>
    /// <param name="on">The call named by what it does, in place of its number: <c>unlink,rename:/disc.iso</c>.</param>
    /// <param name="log">Where every call that was done is written down; null for nowhere.</param>
    /// <returns>How it ended, and how many calls there were.</returns>
    public static (ToolResult Result, int Calls) Run(
        Backuper node, IEnumerable<string> arguments, string below, int? point = null, string? action = null, string? on = null, string? log = null)
    {
        Assert.SkipWhen(Built.Value.Missing is not null, Built.Value.Missing ?? "");
        var count = below + ".count";
        List<string> wire = ["--below", below, "--count", count];
        if (point is { } at)
        {
            wire.AddRange(["--at", at.ToString(CultureInfo.InvariantCulture), "--do", action!]);
        }

        if (on is not null)
        {
            wire.AddRange(["--on", on, "--do", action!]);
        }

        if (log is not null)
        {
            wire.AddRange(["--log", log]);
        }

        using var running = new RunningProcess(
            Built.Value.Path, [.. wire, "--", Repository.Program, .. arguments], node.Settings, Path.GetDirectoryName(below));
        var result = running.WaitForExit(Limit);
        return (result, int.Parse(File.ReadAllText(count), CultureInfo.InvariantCulture));
    }

    private static (string Path, string? Missing) Build()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "tripwire");
        if (!Tool.Exists("cc"))
        {
            return (program, "cc is missing: no system calls can be counted here");
        }

        var source = Path.Combine(Repository.Root, "tests/CdBackuper.EndToEnd/Tripwire/tripwire.c");
        Tool.Output("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source);
        var probe = Tool.Run(program, "--below", "/nowhere", "--", "true");
        return (program, probe.ExitCode == 0 ? null : $"no process can be traced here: {probe.Error.Trim()}");
    }
}
