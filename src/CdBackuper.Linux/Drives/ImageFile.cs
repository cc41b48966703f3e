using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>One image as a drive that never ejects: a file, a sheet with its files, any readable file that behaves like a disc.</summary>
/// <param name="path">The file, or the sheet. It need not exist yet: then the drive is empty.</param>
public sealed class ImageFile(string path) : IDrive
{
    private FileStamp? lastSeen;
    private bool wasAsked;

    /// <inheritdoc/>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <inheritdoc/>
    public DriveModel ReadModel() => new(null, null, null, null);

    /// <summary>Loaded where the file is there, whole or still being written: who names one file means it as it is.</summary>
    /// <returns>Loaded or Empty.</returns>
    /// <exception cref="DriveFaultException">A folder on the way to it may not be entered.</exception>
    public DriveState ReadState()
    {
        var facts = FileFacts.Find(Path, out var errno);
        return errno is 0 or Errno.ENOENT or Errno.ENOTDIR
            ? facts is { IsRegular: true } ? DriveState.Loaded : DriveState.Empty
            : throw DriveFaults.Of(Path, $"look at the image {Name}", errno);
    }

    /// <inheritdoc/>
    public bool ReadMediaChanged()
    {
        var seen = FileStamp.Find(Path);
        var isChanged = !wasAsked || seen != lastSeen;
        (wasAsked, lastSeen) = (true, seen);
        return isChanged;
    }

    /// <inheritdoc/>
    public IDisc OpenDisc() => ImageOpener.Open(Path);

    /// <summary>Does nothing.</summary>
    public void Eject()
    {
    }
}
