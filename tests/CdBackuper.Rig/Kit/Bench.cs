using System.Text.Json;

namespace CdBackuper.Rig.Kit;

/// <summary>
/// A test's own place: a folder for discs here, one for the archive in the guest, drives and programs there. Gone afterwards.
/// </summary>
internal sealed class Bench : IDisposable
{
    private readonly List<GuestProcess> processes = [];
    private readonly List<Drive> drives = [];
    private readonly string guestFolder;
    private int looks;

    /// <param name="volume">Where the archive is to lie in the guest: its own ext4, or /data over NFS.</param>
    public Bench(string volume = "/scratch")
    {
        Machine.Need();
        Name = Path.GetFileName(Folder.Path);
        guestFolder = $"{volume}/{Name}";
        Machine.Guest($"mkdir -p {guestFolder}");
    }

    public TempFolder Folder { get; } = new();

    /// <summary>Unlike any other test's.</summary>
    public string Name { get; }

    /// <summary>The archive's path in the guest.</summary>
    public string Archive => $"{guestFolder}/archive";

    public Drive NewDrive(string product = "DVDRW")
    {
        drives.Add(new(product));
        return drives[^1];
    }

    public Node Node(string name = "node-a") => new(this, name);

    public DiscImage Photographs(int seed, string label = "PHOTOS", string name = "disc.iso", string options = "-R -J") =>
        DiscImage.Make(Folder[name], label, SourceFiles.Photographs(seed), options);

    /// <summary>Writes a description of a disc for rig-mmc.</summary>
    public string Describe(string name, object description)
    {
        File.WriteAllText(Folder[name], JsonSerializer.Serialize(description));
        return Folder[name];
    }

    /// <summary>The archive's disc folders as they are now, brought here, where public tools look at them.</summary>
    public IReadOnlyList<DiscFolder> Discs()
    {
        var (name, here) = ($"{Name}-{++looks}", Folder.NewFolder($"archive-{looks}"));
        var there = Path.Combine(Machine.Share, name + ".tar");
        Machine.Guest($"tar -cSf /rig/{name}.tar -C {Archive} .");
        Tool.Output("tar", "-xf", there, "-C", here);
        File.Delete(there);
        return [.. Directory.EnumerateDirectories(here)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(path => new DiscFolder(path))];
    }

    public DiscFolder OnlyDisc() => Assert.Single(Discs());

    internal GuestProcess Own(GuestProcess process)
    {
        processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }

        foreach (var drive in drives)
        {
            drive.Dispose();
        }

        Machine.Guest($"rm -rf {guestFolder}");
        Folder.Dispose();
    }
}
