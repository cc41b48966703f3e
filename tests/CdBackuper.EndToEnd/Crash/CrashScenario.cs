using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>One import that is to be disturbed: what the archive holds before, the disc, and how it ends undisturbed.</summary>
internal sealed class CrashScenario : IDisposable
{
    private readonly Bench bench = new();
    private readonly string[] options;
    private int copies;

    private CrashScenario(string name)
    {
        var files = new SourceFiles(seed: 4001)
            .Add("DCIM/IMG_0001.JPG", 61_000).Add("DCIM/IMG_0002.JPG", 300_000).Add("DCIM/deep/IMG_0003.JPG", 40_000)
            .Add("readme.txt", 1234).Add("empty.txt", 0);
        Disc = DiscImage.Make(bench.Folder["disc.iso"], "CRASH", files);
        var good = "";
        var damage = Map("a.map", scratches => scratches.OnFile("DCIM/IMG_0001.JPG", 3).OnFile("DCIM/IMG_0002.JPG", 20, 21));
        var other = Map("b.map", scratches => scratches.OnFile("DCIM/IMG_0001.JPG", 9).OnFile("DCIM/IMG_0002.JPG", 21, 99).OnFile("DCIM/deep/IMG_0003.JPG", 0));
        (Prior, Damage, ExitCode) = name switch
        {
            "import" => (Archive("prior"), good, 0),
            "damaged" => (Archive("prior"), damage, 3),
            "repair" => (Imported(damage, 3), good, 0),
            "merge" => (WithoutImage(Imported(damage, 3)), other, 3),
            "resume" => (CutOff(), good, 0),
            "again" => (Imported(good, 0), good, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
        options = Damage.Length == 0 ? [] : ["--simulate-damage", Damage];
        var (archive, image) = Fresh();
        (var result, Calls) = Tripwire.Run(Node, Arguments(archive, image), archive);
        result.Expect(ExitCode);
        Undisturbed = ArchiveFacts.Of(archive);
    }

    public static IReadOnlyList<string> Names { get; } = ["import", "damaged", "repair", "merge", "resume", "again"];

    public DiscImage Disc { get; }

    /// <summary>The archive as it is before; of a first import, an empty folder.</summary>
    public string Prior { get; }

    public int ExitCode { get; }

    /// <summary>How many calls the undisturbed import makes.</summary>
    public int Calls { get; }

    /// <summary>What the archive says after the undisturbed import.</summary>
    public IReadOnlyList<string> Undisturbed { get; }

    public Backuper Node => bench.Node();

    public Backuper NodeB => bench.Node("node-b");

    private string Damage { get; }

    public static CrashScenario Make(string name) => new(name);

    /// <returns>A copy of the archive as it is before, and of the disc: for one disturbance alone.</returns>
    public (string Archive, string Image) Fresh()
    {
        var place = bench.Folder.NewFolder($"point-{Interlocked.Increment(ref copies)}");
        var (archive, image) = (Path.Combine(place, "archive"), Path.Combine(place, "disc.iso"));
        Tool.Output("cp", "-a", Prior, archive);
        File.Copy(Disc.Path, image);
        return (archive, image);
    }

    public static void Forget(string archive) => Directory.Delete(Path.GetDirectoryName(archive)!, recursive: true);

    public IReadOnlyList<string> Arguments(string archive, string image) => ["import", image, "--archive", archive, .. options];

    public void Dispose() => bench.Dispose();

    private string Map(string name, Func<Scratches, Scratches> scratch) => scratch(new(Disc)).WriteMap(bench.Folder[name]);

    private string Archive(string name) => bench.Folder.NewFolder(name);

    private string Imported(string damage, int exitCode)
    {
        var archive = Archive("prior");
        string[] simulated = damage.Length == 0 ? [] : ["--simulate-damage", damage];
        Node.Run(["import", Disc.Path, "--archive", archive, .. simulated]).Expect(exitCode);
        return archive;
    }

    private static string WithoutImage(string archive)
    {
        File.Delete(Assert.Single(KeptFiles.DiscsOf(archive))["disc.iso"]);
        return archive;
    }

    /// <summary>An import that was killed when most of its files were moved into place.</summary>
    private string CutOff()
    {
        var archive = Archive("prior");
        string[] arguments = ["import", Disc.Path, "--archive", archive];
        var whole = Archive("whole");
        var (_, calls) = Tripwire.Run(Node, ["import", Disc.Path, "--archive", whole], whole);
        Tripwire.Run(Node, arguments, archive, calls * 7 / 10, "kill").Result.Expect(137);
        return archive;
    }
}
