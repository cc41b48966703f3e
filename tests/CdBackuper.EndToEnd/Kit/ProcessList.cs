using System.Globalization;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Which programs run on this machine, from /proc.</summary>
internal static class ProcessList
{
    /// <returns>Pid and command line of every ddrescue that works on something below the folder.</returns>
    public static IReadOnlyList<string> RescuesIn(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Select(CommandLine)
            .Where(line => line.Contains("ddrescue", StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal))
            // nbdkit's filter is called ddrescue too; that one is the test's own.
            .Where(line => !line.Contains("nbdkit", StringComparison.Ordinal))];

    public static bool IsAlive(int pid) => CommandLine($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}").Length > 0;

    /// <returns>The processes that it started itself and that are still there.</returns>
    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. Tool.Run("pgrep", "-P", $"{pid}").Out.Fields('\n').Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <returns>True when no thread of it does anything: each was stopped by a signal, or has ended.</returns>
    public static bool IsStopped(int pid)
    {
        try
        {
            // proc(5): the state stands behind the name in parentheses.
            return Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task"))
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .All(stat => stat[stat.LastIndexOf(')') + 2] is 'T' or 'Z' or 'X');
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            // A thread that ends just now; looked at again.
            return false;
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // Not a process, or one that has just ended.
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            // Someone else's.
            return "";
        }
    }
}
