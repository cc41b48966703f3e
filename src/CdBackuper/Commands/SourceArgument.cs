using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Commands;

/// <summary>How people name what is to be read: a drive, an image, any readable file that behaves like a disc.</summary>
internal static class SourceArgument
{
    public const string Description =
        "A drive such as /dev/sr0, an image or its sheet (.cue, .ccd, .toc), or any readable file that behaves like a disc.";

    /// <exception cref="UsageException">The source is nothing that can be read as a disc.</exception>
    public static IDrive Find(string source)
    {
        if (source.Length == 0)
        {
            throw new UsageException("SOURCE is empty.", DiscStory.NameADisc);
        }

        if (Directory.Exists(source))
        {
            throw new UsageException($"{source} is a folder.", DiscStory.NameADisc + " A folder can be a tray: cdbackuper watch --tray DIR.");
        }

        if (!File.Exists(source))
        {
            throw new UsageException($"There is no {source}.", DiscStory.NameADisc);
        }

        return DriveFinder.IsDevice(source) ? new OpticalDrive(source, isNamed: true) : new ImageFile(source);
    }

    /// <exception cref="UsageException">The source is an image that the archive itself keeps: it would be read and written at once.</exception>
    public static void RefuseArchived(IDrive drive, ArchiveRoot archive)
    {
        if (drive is ImageFile && Path.GetFullPath(drive.Path).StartsWith(archive.Path + "/", StringComparison.Ordinal))
        {
            throw new UsageException($"{drive.Path} is in the archive itself.", "Put its disc in again, or copy the image to another place and import that.");
        }
    }

    /// <summary>One process at a time reads a drive; an image file can be read by any number.</summary>
    /// <returns>What keeps others away while it is not disposed; null where nobody needs to be.</returns>
    /// <exception cref="DriveFaultException">Another process has the drive.</exception>
    public static DeviceLock? Take(IDrive drive, string command, string node) =>
        drive is not OpticalDrive ? null
        : DeviceLock.TryTake(drive.Path, $"cdbackuper {command} on {node}", out var deviceLock, out var holder) ? deviceLock
        : throw new DriveFaultException(DriveFault.Other, $"Drive {drive.Name} is taken: {holder} has it.");
}
