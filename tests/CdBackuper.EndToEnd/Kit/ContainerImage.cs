using System.Text.Json.Nodes;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>The container image, built once by tests/container/build, and its containers with one archive each.</summary>
internal sealed class ContainerImage : IDisposable
{
    /// <summary>The stand-in that it is built on.</summary>
    public const string Base = "mcr.microsoft.com/dotnet/aspnet:10.0";

    private const string Image = "localhost/cdbackuper:test";
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts/container");
    private static readonly string[] Tools = ["mmdebstrap", "buildah", "podman", "runc"];
    private static readonly Lazy<ToolResult> Built = new(Build);
    private readonly TempFolder folder;
    private readonly List<string> started = [];

    public ContainerImage(TempFolder folder)
    {
        Assert.SkipUnless(Tool.Output("id", "-u").Trim() == "0", "images are built and run by root here");
        var missing = Tools.Where(tool => !Tool.Exists(tool)).ToArray();
        Assert.SkipWhen(missing.Length > 0, $"no container can be built without {string.Join(", ", missing)}");
        Built.Value.Expect(0);
        this.folder = folder;
        Tool.Output("install", "-d", "-o", "1654", folder.NewFolder("archive"), folder.NewFolder("state"));
    }

    /// <summary>Runs it as the pods do: a plain user, nothing writable but its volumes, no capability, no new privilege.</summary>
    public ToolResult Run(IEnumerable<string> options, params IEnumerable<string> arguments) =>
        RunBare(["--volume", $"{folder["archive"]}:/data", .. options], arguments);

    /// <summary>The same without the archive's volume.</summary>
    public ToolResult RunBare(IEnumerable<string> options, params IEnumerable<string> arguments) =>
        Podman([.. RunOptions(), .. options, Image, .. arguments]).WaitForExit(Limit);

    public RunningProcess Start(string name, IEnumerable<string> options, params IEnumerable<string> arguments)
    {
        started.Add(name);
        return Podman([.. RunOptions(), "--name", name, "--volume", $"{folder["archive"]}:/data", .. options, Image, .. arguments]);
    }

    public static ToolResult Exec(string name, params IEnumerable<string> command) => Podman(["exec", name, .. command]).WaitForExit(Limit);

    public static void Stop(string name, int seconds) => Podman(["stop", "--time", $"{seconds}", name]).WaitForExit(Limit).Expect(0);

    public static JsonNode Inspect(string image = Image) => Podman(["image", "inspect", image]).WaitForExit(Limit).Expect(0).Json[0]!;

    public void Dispose()
    {
        foreach (var name in started)
        {
            Podman(["rm", "--force", "--ignore", "--time", "5", name]).WaitForExit(Limit);
        }
    }

    // The limits: as root of a container, podman would ask for more than a machine in a container may give.
    private IEnumerable<string> RunOptions() =>
    [
        "run", "--rm", "--pull", "never", "--network", "host", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
        "--group-add", "24", "--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096",
        "--volume", $"{folder["state"]}:/var/lib/cdbackuper", "--env", "HTTP_LISTEN=off",
    ];

    private static RunningProcess Podman(IEnumerable<string> arguments) => new("bash",
    [
        "-euc", "source \"$0/storage.sh\"; exec podman \"${storage[@]}\" --runtime runc --cgroup-manager cgroupfs \"$@\"", Folder, .. arguments,
    ]);

    private static ToolResult Build()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        using var build = new RunningProcess(
            Path.Combine(Repository.Root, "tests/container/build"), [Folder], new Dictionary<string, string?> { ["NUGET_PACKAGES_FOLDER"] = cache });
        return build.WaitForExit(BuildLimit);
    }
}
