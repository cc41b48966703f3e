using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>An image in a disc's folder, which others may write to, replace or delete meanwhile.</summary>
internal static class ImageFile
{
    /// <returns>
    /// The file, open for reading; null where it is not there. Not asked for first: another node that has the disc whole may
    /// delete it in between.
    /// </returns>
    /// <exception cref="IOException">It is there and can't be opened.</exception>
    public static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
