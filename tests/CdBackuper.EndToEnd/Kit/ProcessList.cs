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
