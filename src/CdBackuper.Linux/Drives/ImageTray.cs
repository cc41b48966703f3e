using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>
/// A folder that plays a drive: its disc is the one image in it, a file or a sheet (.cue, .ccd, .toc) with the files that it
/// names. Of several the first in ordinal order of names is the disc, the others wait; it stays the disc until it is ejected
/// or taken away, whatever comes to lie beside it. A symbolic link to a file counts. Other files, hidden ones and sub-folders
/// are not seen.
/// </summary>
/// <param name="folder">The folder. Where it is missing all calls say DriveGone.</param>
/// <param name="timeProvider">What time it is, to tell whether a file has come to rest.</param>
public sealed class ImageTray(string folder, TimeProvider timeProvider) : IDrive
{
    /// <summary>The sub-folder into which a disc is ejected.</summary>
    public const string EjectedFolder = "ejected";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestSeen = TimeSpan.FromSeconds(0.9);

    /// <summary>So long a sheet waits for files that it names: they may still be on their way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Extensions =
        [".iso", ".img", ".udf", ".bin", ".raw", ".cdr", ".toast", ".dd", ".image", ".nrg", .. ImageSheets.Extensions];

    private string? current;
    private FileStamp? opened;
    private TrayDisc? lastSeen;
    private bool wasAsked;
    private TrayDisc? resting;
    private long restingSince;

    /// <inheritdoc cref="ImageTray(string, TimeProvider)"/>
    public ImageTray(string folder)
        : this(folder, TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));

    /// <inheritdoc/>
    public DriveModel ReadModel() => new(null, null, null, null);

    /// <summary>
    /// A file is Loaded once it rests: it was last changed 2 s ago, or was found the same after a second. A sheet whose
    /// files are not all there is Loaded after 30 s: opening it then says what is missing.
    /// </summary>
    /// <returns>Empty, NotReady or Loaded.</returns>
    /// <exception cref="DriveFaultException">The folder is missing (DriveGone) or may not be read (NoPermission).</exception>
    public DriveState ReadState()
    {
        var seen = FindDisc();
        if (seen is null)
        {
            resting = null;
            return DriveState.Empty;
        }

        if (seen != resting)
        {
            (resting, restingSince) = (seen, timeProvider.GetTimestamp());
        }

        if (!seen.IsComplete)
        {
            return timeProvider.GetElapsedTime(restingSince) >= Patience ? DriveState.Loaded : DriveState.NotReady;
        }

        // The second way serves files from the future: of another clock, as on a NAS.
        return timeProvider.GetUtcNow() - seen.Modified > Rest || timeProvider.GetElapsedTime(restingSince) >= RestSeen
            ? DriveState.Loaded
            : DriveState.NotReady;
    }

    /// <inheritdoc/>
    public bool ReadMediaChanged()
    {
        var seen = FindDisc();
        var isChanged = !wasAsked || seen != lastSeen;
        (wasAsked, lastSeen) = (true, seen);
        return isChanged;
    }

    /// <inheritdoc/>
    public IDisc OpenDisc()
    {
        opened = FindDisc()?.Main;
        return opened is { } main ? ImageOpener.Open(main.Path) : throw new DriveFaultException(
            DriveFault.DiscGone, $"There is no disc image in the tray {Path}. Copy one there ({string.Join(' ', Extensions)}).");
    }

    /// <summary>
    /// Moves the disc's file to <c>ejected/</c> below the folder, as "name (2).iso" where the name is taken. A sheet is moved
    /// with its files, to a folder "name (2)" where any of the names is taken. A link is moved, not what it points to. Does
    /// nothing where there is no disc, or another one than was opened last: nobody has read that.
    /// </summary>
    /// <exception cref="DriveFaultException">It cannot be moved: read-only, no permission, or the folder is gone.</exception>
    public void Eject()
    {
        if (FindDisc() is { } disc && (opened is null || (opened.Path, opened.Inode) == (disc.Main.Path, disc.Main.Inode)))
        {
            ImageEjection.Move(disc.Paths, System.IO.Path.Combine(Path, EjectedFolder));
            current = null;
        }
    }

    private TrayDisc? FindDisc()
    {
        if (current is not null && !ImageSheets.IsSheet(current) && TrayDisc.Find(current, []) is { } same)
        {
            return same;
        }

        var names = ReadNames()
            .Where(file => Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Where(file => !System.IO.Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (current is not null && TrayDisc.Find(current, names) is { } still)
        {
            return still;
        }

        // What a sheet names is no disc of its own.
        var taken = names.Where(ImageSheets.IsSheet).SelectMany(TrayDisc.FilesOf).ToHashSet();
        var first = names.Where(name => !taken.Contains(name))
            .Select(name => TrayDisc.Find(name, names))
            .FirstOrDefault(disc => disc is not null);
        current = first?.Main.Path;
        return first;
    }

    private string[] ReadNames()
    {
        if (FileFacts.Find(Path, out var errno) is not { IsDirectory: true })
        {
            throw DriveFaults.Of(Path, $"look into the tray {Name}", errno == 0 ? Errno.ENOTDIR : errno);
        }

        try
        {
            return Directory.GetFiles(Path);
        }
        catch (DirectoryNotFoundException)
        {
            throw DriveFaults.Of(Path, $"look into the tray {Name}", Errno.ENOENT);
        }
        catch (UnauthorizedAccessException)
        {
            throw DriveFaults.Of(Path, $"look into the tray {Name}", Errno.EACCES);
        }
        catch (IOException failure)
        {
            throw new DriveFaultException(DriveFault.Other, $"Could not look into the tray {Path}: {failure.Message}", failure);
        }
    }
}
