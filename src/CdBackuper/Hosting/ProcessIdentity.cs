using CdBackuper.Archive.Store;

namespace CdBackuper.Hosting;

/// <summary>Tells this process from every other on every node, and whether another one of this machine still runs.</summary>
internal static class ProcessIdentity
{
    /// <summary>ESRCH of Linux (asm-generic/errno-base.h), which .NET passes on as it is.</summary>
    private const int NoSuchProcess = 3;

    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <returns>A claim's owner: this process, on <paramref name="drive"/>.</returns>
    public static ClaimOwner NewOwner(string node, string drive) =>
        new(node, drive, Environment.ProcessId, StartOf(Environment.ProcessId)!, Guid.NewGuid().ToString("N"));

    /// <returns>
    /// True when the owner ran in this boot of this machine, in these namespaces, and is no longer there. False for
    /// owners elsewhere: of them only their beat can tell.
    /// </returns>
    public static bool IsKnownDead(ClaimOwner owner)
    {
        try
        {
            return owner.ProcessStart.StartsWith(Place, StringComparison.Ordinal) && StartOf(owner.ProcessId) != owner.ProcessStart && SeesOthers;
        }
        catch (IOException)
        {
            return false; // too many open files, say: that nobody could be asked is no death
        }
    }

    /// <summary>False where /proc hides the processes of other users (hidepid of proc(5)).</summary>
    private static bool SeesOthers => File.Exists("/proc/1/stat");

    /// <summary>The boot and the namespaces of processes and clocks: ids and start times mean something only inside all three.</summary>
    private static string Place { get; } = $"{Boot}/{Namespace("pid")}/{Namespace("time")}/";

    private static string? Namespace(string kind) =>
        File.ResolveLinkTarget($"/proc/self/ns/{kind}", returnFinalTarget: false)?.Name;

    private static string? StartOf(int processId)
    {
        try
        {
            // proc(5): field 22 of stat, counted behind the name in parentheses, is the start in clock ticks since boot.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return Place + stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException || gone.HResult == NoSuchProcess)
        {
            return null;
        }
    }
}
