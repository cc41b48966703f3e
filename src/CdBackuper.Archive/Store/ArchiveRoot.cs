using System.Text.Json;

namespace CdBackuper.Archive.Store;

/// <summary>The archive's root folder: one folder a disc, and <c>.cdbackuper</c> for what is common to all.</summary>
public sealed class ArchiveRoot
{
    private const string InnerName = ".cdbackuper";
    private const string MarkerName = "archive.json";

    /// <summary>What e2fsck makes in the root of every ext4, for root alone.</summary>
    private const string LostAndFound = "lost+found";

    /// <summary>docs/archive-format.md, section 2.</summary>
    private const int Format = 1;
    private const string FormatPageName = "ARCHIVE-FORMAT.md";

    /// <summary>Small files are written in moments. What is older than this is a crash's, however far apart the nodes' clocks are.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    /// <summary>EROFS of Linux (asm-generic/errno-base.h), which .NET passes on as it is.</summary>
    private const int ReadOnlyFileSystem = 30;

    /// <summary>ENOSPC, likewise.</summary>
    internal const int NoSpace = 28;

    private readonly bool requiresMount;
    private readonly bool mayBeMade;

    private ArchiveRoot(string path, bool requiresMount, IArchiveFileSystem fileSystem, bool mayBeMade)
    {
        Path = path;
        this.requiresMount = requiresMount;
        this.mayBeMade = mayBeMade;
        FileSystem = fileSystem;
        Files = new(fileSystem);
    }

    /// <summary>The root's absolute path.</summary>
    public string Path { get; }

    /// <summary>What the archive asks of the operating system.</summary>
    public IArchiveFileSystem FileSystem { get; }

    /// <summary>How its small files are written.</summary>
    public AtomicFile Files { get; }

    /// <summary>Where the numbers are claimed.</summary>
    public string NumbersPath => System.IO.Path.Combine(Path, InnerName, "numbers");

    /// <summary>Where discs' folders are claimed.</summary>
    public string ClaimsPath => System.IO.Path.Combine(Path, InnerName, "claims");

    /// <returns>A path for what is common to all discs.</returns>
    public string InnerPath(string name) => System.IO.Path.Combine(Path, InnerName, name);

    /// <summary>True where this program has been: without the mark the folder is a predecessor's, a new one, or no archive at all.</summary>
    public bool IsMarked => File.Exists(MarkerPath);

    private string MarkerPath => System.IO.Path.Combine(Path, InnerName, MarkerName);

    /// <summary>Opens an archive for reading: nothing is made or changed.</summary>
    /// <exception cref="ArchiveException">There is no folder at <paramref name="path"/>, or an archive of a later format.</exception>
    public static ArchiveRoot OpenToRead(string path, IArchiveFileSystem fileSystem)
    {
        var root = At(path, requiresMount: false, fileSystem);
        root.RefuseMissing();
        if (root.IsMarked)
        {
            root.RefuseNewer(); // what looks corrupt in it is not
        }

        return root;
    }

    /// <summary>Opens an archive for writing; makes its last folder where only that is missing.</summary>
    /// <exception cref="ArchiveException">The root can't be used: missing, not mounted, not writable.</exception>
    public static ArchiveRoot OpenToWrite(string path, bool requiresMount, IArchiveFileSystem fileSystem)
    {
        var root = At(path, requiresMount, fileSystem);
        root.OpenToWrite();
        return root;
    }

    /// <summary>An archive that is opened for writing later (<see cref="OpenToWrite()"/>): nothing is asked of its volume yet.</summary>
    /// <param name="path">Its root.</param>
    /// <param name="requiresMount">True to refuse a root at which nothing is mounted.</param>
    /// <param name="fileSystem">What it asks of the operating system.</param>
    /// <param name="mayBeMade">False for who has no use for a new archive: a root that is not there is a mistyped one.</param>
    public static ArchiveRoot At(string path, bool requiresMount, IArchiveFileSystem fileSystem, bool mayBeMade = true) =>
        new(System.IO.Path.GetFullPath(path), requiresMount, fileSystem, mayBeMade);

    /// <summary>Opens it for writing; makes its last folder where only that is missing, and it may be made.</summary>
    /// <exception cref="ArchiveException">The root can't be used: missing, not mounted, not writable.</exception>
    public void OpenToWrite()
    {
        RefuseBadPlace();
        if (!mayBeMade)
        {
            RefuseMissing();
        }

        try
        {
            Directory.CreateDirectory(NumbersPath);
            Directory.CreateDirectory(ClaimsPath);
            if (!IsMarked)
            {
                Files.TryCreate(MarkerPath, $"{{\"format\": {Format}}}\n");
            }

            RefuseNewer();
            StoreFormatPage();
            DeleteLeftovers();
        }
        catch (Exception fault) when (fault is not ArchiveException && fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(fault);
        }
    }

    /// <summary>Looks whether it takes what is written, and leaves nothing behind: where there is no archive none is made.</summary>
    /// <exception cref="ArchiveException">The root can't be used: missing, not mounted, not writable.</exception>
    public void TryWriting()
    {
        RefuseBadPlace();
        try
        {
            if (!Directory.Exists(Path))
            {
                Directory.CreateDirectory(Path);
                Directory.Delete(Path);
                return;
            }

            if (IsMarked)
            {
                RefuseNewer();
            }

            var inner = System.IO.Path.Combine(Path, InnerName);
            // Named as what a crash leaves and the next one who opens the archive deletes.
            var trial = System.IO.Path.Combine(Directory.Exists(inner) ? inner : Path, $"trial.{Guid.NewGuid():N}.new");
            Files.Write(trial, "written to see whether the archive can be written to\n");
            File.Delete(trial);
        }
        catch (Exception fault) when (fault is not ArchiveException && fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(fault);
        }
    }

    private ArchiveException NotWritable(Exception fault)
    {
        var (why, next) = fault switch
        {
            UnauthorizedAccessException => ("permission denied, this user may not write to it", $"Run as a user who may, or give this one the right: `ls -ld {Path}` shows who may."),
            { HResult: ReadOnlyFileSystem } => ("it is mounted read-only", "Mount it for writing."),
            { HResult: NoSpace } => ("it is full, no space left", "Make room."),
            _ => (fault.Message.TrimEnd('.'), "Check that the volume is mounted for writing, has room, and that this user may write to it."),
        };
        return new($"The archive {Path} is not writable: {why}.", next, fault);
    }

    private void RefuseMissing()
    {
        if (!Directory.Exists(Path))
        {
            throw new ArchiveException($"There is no archive at {Path}.", "Name the archive with --archive DIR or in DATA_ROOT.");
        }
    }

    /// <summary>Refuses a place where no archive can be.</summary>
    private void RefuseBadPlace()
    {
        RequireMount();
        if (Path.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArchiveException("The archive's path has a line break, which GNU ddrescue's maps have no room for.", "Name another folder with --archive DIR or DATA_ROOT.");
        }

        var parent = System.IO.Path.GetDirectoryName(Path);
        if (!Directory.Exists(Path) && parent is not null && !Directory.Exists(parent))
        {
            throw new ArchiveException(
                $"The archive {Path} can't be made: {parent} does not exist.",
                "Mount the volume that it should be on, or name another folder with --archive DIR or DATA_ROOT.");
        }
    }

    /// <summary>Records of a later format would look corrupt, and be set aside.</summary>
    private void RefuseNewer()
    {
        var marker = File.ReadAllBytes(MarkerPath);
        try
        {
            using var document = JsonDocument.Parse(marker);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) && number > Format)
            {
                throw new ArchiveException(
                    $"The archive {Path} has format {number}, and this version of cdbackuper knows format {Format}.",
                    "Use the newer version that made it, on every node.");
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // It marks the place, whatever it says.
        }
    }

    /// <summary>Refuses to go on when the root is not what was opened: a bare folder under a vanished mount is never filled.</summary>
    /// <exception cref="ArchiveException">The volume went away.</exception>
    public void EnsureUsable()
    {
        RequireMount();
        if (!IsMarked)
        {
            throw new ArchiveException(
                $"The archive {Path} went away: {MarkerPath} is no longer there.",
                "Mount the volume again; the disc goes on from where it was.");
        }
    }

    /// <summary>Every disc's folder, in order of name.</summary>
    public IEnumerable<DiscFolder> Discs() => Directory.EnumerateDirectories(Path)
        .Select(folder => new DiscFolder(this, System.IO.Path.GetFileName(folder)))
        .Where(folder => !folder.Name.StartsWith('.') && folder.LooksLikeDisc)
        .OrderBy(folder => folder.Name, StringComparer.Ordinal);

    /// <summary>
    /// The names of folders that may be discs' and can't be looked into by this user, and of those whose status.json can't be read: their discs
    /// are missing in every list. In order.
    /// </summary>
    public IReadOnlyList<string> Unreadable() => [.. DiscNames().Where(name => name != LostAndFound && !IsReadable(Disc(name))).Order(StringComparer.Ordinal)];

    private static bool IsReadable(DiscFolder folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder.Path).Any();
            return !File.Exists(folder.StatusPath) || folder.LoadStatus() is not null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The names of all folders that may be discs', in no order. Of one listing: nothing is asked of each folder.</summary>
    public IReadOnlyCollection<string> DiscNames() => [.. Directory.EnumerateDirectories(Path)
        .Select(folder => System.IO.Path.GetFileName(folder))
        .Where(name => !name.StartsWith('.'))];

    /// <returns>The folder of that name, which may not exist, to be read.</returns>
    public DiscFolder Disc(string name) => new(this, name);

    /// <returns>The folder of that name, to be written to by the holder of a claim on it.</returns>
    public DiscFolder Disc(FolderClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new(this, claim.FolderName, claim.PlaceName);
    }

    /// <summary>How many bytes may still be written.</summary>
    public long FreeBytes() => new DriveInfo(Path).AvailableFreeSpace;

    private void RequireMount()
    {
        if (requiresMount && !FileSystem.IsMountPoint(Path))
        {
            throw new ArchiveException(
                $"Nothing is mounted at {Path}, and REQUIRE_MOUNT is set.",
                "Mount the archive's volume there, or set REQUIRE_MOUNT=false to use a plain folder.");
        }
    }

    private void DeleteLeftovers()
    {
        foreach (var folder in new[] { Path, System.IO.Path.Combine(Path, InnerName), NumbersPath, ClaimsPath })
        {
            AtomicFile.DeleteLeftovers(folder, TimeProvider.System.GetUtcNow() - LeftoverAge);
        }
    }

    /// <summary>Whoever finds the archive in forty years finds its specification in it.</summary>
    private void StoreFormatPage()
    {
        using var resource = typeof(ArchiveRoot).Assembly.GetManifestResourceStream(FormatPageName)
            ?? throw new InvalidOperationException("The format page is not built in.");
        using var reader = new StreamReader(resource);
        var page = reader.ReadToEnd();
        var path = System.IO.Path.Combine(Path, FormatPageName);
        if (!File.Exists(path) || File.ReadAllText(path) != page)
        {
            Files.Write(path, page);
        }
    }
}
