using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Notices;
using CdBackuper.Rescue;

namespace CdBackuper.Commands;

/// <summary>What <c>doctor</c> looks at. Changes nothing but a file that it writes to the archive and deletes again.</summary>
internal sealed class Examination(Settings settings)
{
    /// <summary>An image and its files of one full CD.</summary>
    private const long RoomForOneCd = 2 * 737_280_000L;

    /// <summary>To read the records of more than these may take over a second.</summary>
    private const int ManyDiscs = 20;

    /// <summary>In characters, of the names that one line shows.</summary>
    private const int MaxNames = 400;

    public static IEnumerable<Finding> Tools()
    {
        yield return Ddrescue();
        (string Tool, string Package, string For)[] others =
        [
            ("blkid", "util-linux", "blkid.txt"),
            ("isoinfo", "genisoimage", "isoinfo.txt"),
            ("setpriv", "util-linux", "ending ddrescue when this program is killed"),
        ];
        foreach (var (tool, package, purpose) in others)
        {
            yield return Child.FindProgram(tool) is { } path
                ? new($"tool.{tool}", FindingLevel.Ok, $"{tool}: {path}")
                : new($"tool.{tool}", FindingLevel.Error, $"{tool} is missing (for {purpose}).", $"sudo apt-get install {package}");
        }
    }

    public IEnumerable<Finding> Drives()
    {
        var drives = new DriveFinder(settings.DeviceGlobs).Find();
        if (drives.Count == 0)
        {
            yield return new(
                "drive.none",
                FindingLevel.Warning,
                $"No drive at {string.Join(' ', settings.DeviceGlobs)}.",
                "Connect a drive, or import an image: cdbackuper import disc.iso");
        }

        foreach (var drive in drives)
        {
            yield return Look(drive);
        }
    }

    public IEnumerable<Finding> Archive()
    {
        var root = ArchiveRoot.At(settings.ArchivePath, settings.RequireMount, new LinuxFileSystem());
        Finding finding;
        try
        {
            root.TryWriting();
            var place = root.FileSystem.IsMountPoint(root.Path) ? "a mounted volume" : "a plain folder, no volume of its own";
            finding = new(
                "archive.writable",
                FindingLevel.Ok,
                Directory.Exists(root.Path)
                    ? $"The archive {root.Path} is writable ({place})."
                    : $"The archive {root.Path} is not there yet: the first disc makes it.");
        }
        catch (ArchiveException fault)
        {
            finding = new("archive.unusable", FindingLevel.Error, fault.Message, fault.Next);
        }

        yield return finding;
        if (Directory.Exists(root.Path))
        {
            var free = root.FreeBytes();
            yield return free >= RoomForOneCd
                ? new("archive.room", FindingLevel.Ok, $"It has {Words.Bytes(free)} left.")
                : new("archive.room", FindingLevel.Warning, $"It has only {Words.Bytes(free)} left.", "A CD needs up to 1.4 GiB while it is imported.");
            yield return Records(root);
        }
    }

    private static Finding Records(ArchiveRoot root)
    {
        const string Id = "archive.records";
        try
        {
            var discs = root.Discs().ToArray();
            if (discs.Length > ManyDiscs)
            {
                Answer.Say($"Reading the records of {discs.Length} discs ...");
            }

            var corrupt = discs.SelectMany(folder => folder.CorruptRecords().Select(name => $"{folder.Name}/{name}")).ToArray();
            return corrupt.Length == 0
                ? new(Id, FindingLevel.Ok, "All records of its discs can be read.")
                : new(
                    Id,
                    FindingLevel.Warning,
                    $"{Words.Count(corrupt.Length, "record")} of its discs can't be read: {TextCut.Start(string.Join(", ", corrupt), MaxNames)}.",
                    "Put those discs in again: the records are made anew, what is there is kept beside. Else check who may read them.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(Id, FindingLevel.Warning, $"Not all of its discs can be looked at: {fault.Message}", "Check who may read them.");
        }
    }

    private static Finding Ddrescue()
    {
        const string Id = "tool.ddrescue";
        try
        {
            ToolVersions.EnsureUsable();
            return new(Id, FindingLevel.Ok, $"ddrescue: {ToolVersions.All["ddrescue"]}");
        }
        catch (ToolException missing)
        {
            return new(Id, FindingLevel.Error, missing.Message);
        }
    }

    private static Finding Look(IDrive drive)
    {
        var id = $"drive.{drive.Name}";
        try
        {
            var state = drive.ReadState();
            var model = drive.ReadModel();
            var name = $"{model.Vendor} {model.Product} {model.Firmware}".Trim();
            return new(id, FindingLevel.Ok, $"Drive {drive.Path}: {(name.Length > 0 ? name : drive is ImageTray ? "image tray" : "unknown model")}, {state}");
        }
        catch (DriveFaultException fault)
        {
            return new(id, FindingLevel.Error, fault.Message);
        }
    }
}
