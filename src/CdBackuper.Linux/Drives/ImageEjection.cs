using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>Moves a tray's files out of the way. What lies there already is never overwritten, by two at once neither.</summary>
internal static class ImageEjection
{
    private const int CurrentDirectory = -100;
    private const uint NoReplace = 1;
    private const int MostNames = 10_000;

    /// <param name="files">One file, or several that belong together: those keep their names, since one names the others.</param>
    /// <param name="folder">Where to; made where it is missing.</param>
    /// <exception cref="DriveFaultException">They cannot be moved.</exception>
    internal static void Move(IReadOnlyList<string> files, string folder)
    {
        if (files.Count > 1)
        {
            folder = FindRoom(files, folder);
        }

        foreach (var file in files)
        {
            Move(file, folder);
        }
    }

    /// <returns>The folder, or one in it, where none of the names is taken.</returns>
    private static string FindRoom(IReadOnlyList<string> files, string folder)
    {
        var room = folder;
        for (var number = 2; number < MostNames && files.Any(file => Path.Exists(Path.Combine(room, Path.GetFileName(file)))); number++)
        {
            room = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(files[^1])} ({number})");
        }

        return room;
    }

    private static void Move(string file, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            for (var number = 1; number < MostNames; number++)
            {
                if (TryMove(file, Path.Combine(folder, Name(file, number))))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DriveFaultException(
                failure is UnauthorizedAccessException ? DriveFault.NoPermission : DriveFault.Other,
                $"Could not eject {file}: moving it to {folder} failed. {failure.Message} Move it away by hand.",
                failure);
        }

        throw new DriveFaultException(DriveFault.Other, $"Could not eject {file}: {folder} is full of this name. Empty it.");
    }

    private static string Name(string file, int number) => number == 1
        ? Path.GetFileName(file)
        : $"{Path.GetFileNameWithoutExtension(file)} ({number}){Path.GetExtension(file)}";

    /// <returns>False when the name is taken.</returns>
    private static bool TryMove(string from, string to)
    {
        if (new FileInfo(from).LinkTarget is { } target && !Path.IsPathRooted(target))
        {
            return TryMoveLink(from, to, target);
        }

        if (LibC.Rename(CurrentDirectory, from, CurrentDirectory, to, NoReplace) == 0)
        {
            return true;
        }

        switch (Errno.Last)
        {
            case Errno.EEXIST:
                return false;
            case Errno.EINVAL or Errno.ENOSYS:
                // NFS and others know no RENAME_NOREPLACE
                return TryMoveInTwoSteps(from, to);
            case Errno.EACCES or Errno.EPERM:
                throw new UnauthorizedAccessException(Errno.Text(Errno.Last) + ".");
            default:
                throw new IOException(Errno.Text(Errno.Last) + ".");
        }
    }

    /// <summary>A relative link would point elsewhere from a folder further down.</summary>
    private static bool TryMoveLink(string from, string to, string target)
    {
        if (Path.Exists(to) || new FileInfo(to).LinkTarget is not null)
        {
            return false;
        }

        var back = Path.GetRelativePath(Path.GetDirectoryName(to)!, Path.GetDirectoryName(from)!);
        File.CreateSymbolicLink(to, Path.Combine(back, target));
        File.Delete(from);
        return true;
    }

    private static bool TryMoveInTwoSteps(string from, string to)
    {
        if (Path.Exists(to) || new FileInfo(to).LinkTarget is not null)
        {
            return false;
        }

        File.Move(from, to, overwrite: false);
        return true;
    }
}
