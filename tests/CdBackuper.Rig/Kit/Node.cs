namespace CdBackuper.Rig.Kit;

/// <summary>The program on one node in the guest, with one archive.</summary>
/// <param name="bench">The test's place.</param>
/// <param name="name">NODE_NAME.</param>
internal sealed class Node(Bench bench, string name)
{
    private const int LimitSeconds = 300;
    private int started;

    /// <summary>Settings beside the defaults of the tests; set before a start.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["NODE_NAME"] = name,
        ["POLL_SECS"] = "1",
        ["DEVICE_GLOB"] = "/dev/no-drive",
    };

    public Node With(string setting, string value)
    {
        Settings[setting] = value;
        return this;
    }

    public ToolResult Import(string source, params IEnumerable<string> options)
    {
        using var running = StartImport(source, options);
        return running.WaitForExit(TimeSpan.FromSeconds(LimitSeconds));
    }

    public GuestProcess StartImport(string source, params IEnumerable<string> options) =>
        Start(["import", source, "--archive", bench.Archive, .. options]);

    /// <summary>Watches drives: paths, or patterns.</summary>
    public GuestProcess StartWatch(params IEnumerable<string> globs) =>
        With("DEVICE_GLOB", string.Join(' ', globs)).Start(["watch", "--archive", bench.Archive]);

    private GuestProcess Start(IEnumerable<string> arguments)
    {
        var mark = $"/run/nodes/{bench.Name}-{name}-{started++}";
        var settings = string.Join(' ', Settings.Select(setting => $"{setting.Key}='{setting.Value}'"));
        var words = string.Join(' ', arguments.Select(word => $"'{word}'"));
        return bench.Own(new(Machine.StartGuest($"echo $$ >{mark}; exec env {settings} /scratch/program/cdbackuper {words}", LimitSeconds), mark));
    }
}
