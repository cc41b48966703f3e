namespace CdBackuper.EndToEnd.Kit;

/// <summary>The built program on one node, with one archive. Inherits no setting of the machine it is tested on.</summary>
internal sealed class Backuper(TempFolder folder, string archive, string node)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<bool> CanSetClocks = new(() => Tool.Run("unshare", "--time", "--monotonic", "1000000", "true").ExitCode == 0);

    /// <summary>Settings beside the defaults of the tests; set before a start.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["NODE_NAME"] = node,
        ["POLL_SECS"] = "1",
        // A real drive of the machine must not be taken by a test.
        ["DEVICE_GLOB"] = folder["no-drive*"],
        ["DATA_ROOT"] = null,
        ["RETRIES"] = null,
        ["TIMEOUT"] = null,
        ["UNOWNED_SHARE"] = null,
        ["MIN_YIELD"] = null,
        ["PATIENCE"] = null,
        ["EXTRACT_FILES"] = null,
        ["DELETE_ISO_ON_SUCCESS"] = null,
        ["REQUIRE_MOUNT"] = null,
        ["CLAIM_PATIENCE"] = null,
        ["DISCORD_WEBHOOK_URL"] = null,
        ["DISCORD_EVENTS"] = null,
        ["DISCORD_PROGRESS"] = null,
        ["DISCORD_CONTACT_SHEET"] = null,
        ["NOTIFY_WAIT"] = null,
        ["NOTIFY_WEBHOOK_URL"] = null,
        ["NOTIFY_NTFY_URL"] = null,
        ["NOTIFY_APPRISE_URL"] = null,
        ["NOTIFY_HOOK"] = null,
        ["DISCORD_API_URL"] = null,
        ["DISCORD_BOT_TOKEN"] = null,
        ["DISCORD_CHANNEL_ID"] = null,
        ["DISCORD_LABEL_USERS"] = null,
        ["DISCORD_LABEL_ROLES"] = null,
        ["DISCORD_LABEL_EVERYONE"] = null,
        // Many run at once, and one port would be in all their way.
        ["HTTP_LISTEN"] = "off",
        ["NOTIFY_SOCKET"] = null,
    };

    public Backuper With(string setting, string value)
    {
        Settings[setting] = value;
        return this;
    }

    /// <summary>Runs with the arguments as they are, without the archive's.</summary>
    public ToolResult Run(params IEnumerable<string> arguments)
    {
        using var running = new RunningProcess(Repository.Program, arguments, Settings, folder.Path);
        return running.WaitForExit(Limit);
    }

    public ToolResult Import(string source, params IEnumerable<string> options) =>
        Run(["import", source, "--archive", archive, .. options]);

    public RunningProcess StartImport(string source, params IEnumerable<string> options) =>
        Start(["import", source, "--archive", archive, .. options]);

    public RunningProcess StartWatch(params IEnumerable<string> trays) =>
        Start(["watch", "--archive", archive, .. trays.SelectMany(tray => new[] { "--tray", tray })]);

    /// <summary>Starts as on a machine whose clocks since its start are others, where that can be made (root can).</summary>
    public RunningProcess StartUnderOtherClocks(IEnumerable<string> arguments) => CanSetClocks.Value
        ? new("unshare", ["--time", "--monotonic", "1000000", "--boottime", "1000000", Repository.Program, .. arguments], Settings, folder.Path)
        : Start(arguments);

    /// <summary>Starts <c>watch</c> with HTTP at a port of its own choice.</summary>
    public RunningProcess StartWatchWithHttp(params IEnumerable<string> trays) => With("HTTP_LISTEN", "127.0.0.1:0").StartWatch(trays);

    /// <summary>Starts <c>watch</c> as nohup does: with the hang-up signal ignored.</summary>
    public RunningProcess StartWatchUnderNohup(string tray) => new(
        "bash",
        ["-c", "trap '' HUP; exec \"$@\"", "nohup", Repository.Program, "watch", "--archive", archive, "--tray", tray],
        Settings,
        folder.Path);

    /// <summary>
    /// Runs a bash script in a mount namespace of its own, so that its mounts end with it. $1 is the program, $2 the archive.
    /// </summary>
    public ToolResult RunAmongMounts(string script, params IEnumerable<string> arguments)
    {
        Assert.SkipUnless(Tool.Run("unshare", "-m", "true").ExitCode == 0, "no right to make mounts here (root has it)");
        string[] all = ["-m", "bash", "-euo", "pipefail", "-c", script, "test", Repository.Program, archive, .. arguments];
        using var running = new RunningProcess("unshare", all, Settings, folder.Path);
        return running.WaitForExit(Limit);
    }

    public ToolResult List() => Run("list", "--json", "--archive", archive);

    public ToolResult Show(string disc) => Run("show", disc, "--json", "--archive", archive);

    /// <summary>Starts with the arguments as they are, without the archive's.</summary>
    public RunningProcess Start(params IEnumerable<string> arguments) =>
        new(Repository.Program, arguments, Settings, folder.Path);
}
