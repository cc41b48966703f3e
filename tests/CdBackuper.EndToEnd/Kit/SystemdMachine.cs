namespace CdBackuper.EndToEnd.Kit;

/// <summary>
/// A running systemd in namespaces of its own, on a copy-on-write image of this machine's root: what is installed there is gone afterwards.
/// </summary>
internal sealed class SystemdMachine : IDisposable
{
    /// <summary>Where <see cref="Share"/> lies inside.</summary>
    public const string ShareInside = "/srv/share";

    private readonly RunningProcess machine;
    private readonly string manager;

    /// <param name="folder">For the image, and for what is shared.</param>
    public SystemdMachine(TempFolder folder)
    {
        Assert.SkipUnless(Environment.UserName == "root", "to boot a systemd in namespaces needs root");
        Assert.SkipUnless(Tool.Exists("systemd") && Tool.Exists("nsenter"), "systemd is not installed");
        Share = folder.NewFolder("share");
        machine = new("unshare", [
            "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child",
            Path.Combine(Repository.Root, "tests/systemd/boot"), folder.NewFolder("image"), Share]);
        try
        {
            Until.True(() => machine.HasExited || File.Exists(Path.Combine(Share, "booted")), 60, () => machine.Error);
            Assert.SkipWhen(machine.HasExited, $"no systemd can be booted here: {machine.Error}");
            manager = Tool.Output("pgrep", "-P", $"{machine.Pid}").Trim();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A folder outside that is <see cref="ShareInside"/> inside.</summary>
    public string Share { get; }

    /// <summary>Runs a bash script as root inside; the arguments are its $1, $2, ... What fails fails the test.</summary>
    public string Run(string script, params IEnumerable<string> arguments)
    {
        var result = TryRun(script, arguments);
        Assert.True(result.ExitCode == 0, $"{script}: {result}\n{Journal}");
        return result.Out;
    }

    public ToolResult TryRun(string script, params IEnumerable<string> arguments) =>
        Tool.Run("nsenter", ["-t", manager, "-m", "-p", "-u", "-i", "-C", "--root", "--wdns=/", "bash", "-euo", "pipefail", "-c", script, "test", .. arguments]);

    /// <summary>All that units said.</summary>
    public string Journal => TryRun("journalctl --no-pager --output=short-monotonic").Out;

    public void Dispose() => machine.Dispose();
}
