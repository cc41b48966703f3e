using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>An image in a disc's folder, which others may write to, replace or delete meanwhile.</summary>
internal static class ImageFile
{
    private const int ChunkBytes = 256 << 10;

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

    /// <summary>Puts a copy in an image's place, if there is one, so that whoever has it open for writing writes to nothing that is needed.</summary>
    /// <exception cref="ArchiveException">There is no space for both. Nothing has changed then.</exception>
    /// <exception cref="IOException">It could not be copied; or the holder's place is gone. Nothing has changed then.</exception>
    public static void MakeOwn(DiscFolder folder, string path, Action? onCopying)
    {
        using var image = TryOpen(path);
        if (image is null)
        {
            return;
        }

        var fileSystem = folder.Root.FileSystem;
        var copy = Path.Combine(folder.IncomingPath, $"own-{Path.GetFileName(path)}");
        try
        {
            using (var own = File.OpenHandle(copy, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                Copy(image, own, fileSystem, fileSystem.CopiesOnServer(folder.Path), onCopying);
                RandomAccess.FlushToDisk(own);
            }

            File.Move(copy, path, overwrite: true);
        }
        catch (Exception fault)
        {
            File.Delete(copy);
            if (fault is IOException { HResult: ArchiveRoot.NoSpace })
            {
                throw new ArchiveException(
                    $"The archive {folder.Root.Path} has no space left for a copy of {folder.Name}/{Path.GetFileName(path)}, to which the process that was working on it may still write.",
                    "Make room; what was read is kept, and the disc goes on from there.",
                    fault);
            }

            throw;
        }

        fileSystem.SyncDirectory(folder.Path);
    }

    private static void Copy(
        SafeFileHandle image, SafeFileHandle own, IArchiveFileSystem fileSystem, bool isByServer, Action? onCopying)
    {
        var length = RandomAccess.GetLength(image);
        RandomAccess.SetLength(own, length);
        var done = isByServer ? fileSystem.CopyRange(image, 0, own, 0, length) : 0;
        var buffer = new byte[ChunkBytes];
        while (done < length)
        {
            onCopying?.Invoke();
            var chunk = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, length - done));
            FileBytes.Fill(image, done, chunk);
            if (!Sector.IsBlank(chunk))
            {
                RandomAccess.Write(own, chunk, done);
            }

            done += chunk.Length;
        }
    }
}
