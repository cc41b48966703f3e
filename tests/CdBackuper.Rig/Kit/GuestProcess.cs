using System.Text.RegularExpressions;

namespace CdBackuper.Rig.Kit;

/// <summary>A program that runs in the guest; its output comes as it is written. Ended by its own pid when the test is over.</summary>
/// <param name="order">The order by which it was started.</param>
/// <param name="pidFile">Where its pid stands in the guest.</param>
internal sealed class GuestProcess(RunningProcess order, string pidFile) : IDisposable
{
    private const int SaysLimitSeconds = 120;
    private bool isDisposed;

    public string Said => order.Out + order.Error;

    public bool HasExited => order.HasExited;

    /// <summary>Waits until it says something that matches.</summary>
    public GuestProcess MustSay(string pattern, int limitSeconds = SaysLimitSeconds)
    {
        Until.True(
            () => Regex.IsMatch(Said, pattern) || HasExited, limitSeconds, () => $"{pattern} in\n{Said}");
        Assert.Matches(pattern, Said);
        return this;
    }

    public void Signal(string name) => Machine.Guest($"kill -s {name} $(cat {pidFile})");

    /// <summary>Ends it as a service manager does.</summary>
    public ToolResult Stop(int limitSeconds = 60)
    {
        Signal("TERM");
        return WaitForExit(TimeSpan.FromSeconds(limitSeconds));
    }

    public ToolResult WaitForExit(TimeSpan limit)
    {
        Until.True(() => order.HasExited, (int)limit.TotalSeconds, () => $"the end of\n{Said}");
        return order.WaitForExit(limit);
    }

    public ToolResult WaitForExit() => WaitForExit(TimeSpan.FromSeconds(240));

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (!order.HasExited)
        {
            Machine.Guest($"kill -s CONT $(cat {pidFile}) && kill -s KILL $(cat {pidFile}) || true");
        }

        order.Dispose();
    }
}
