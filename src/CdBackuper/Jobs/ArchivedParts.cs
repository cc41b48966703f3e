using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>Files of a disc's folder beside the same bytes of the disc, as evidence that the folder is the disc's and of what rotted.</summary>
internal static class ArchivedParts
{
    /// <param name="folder">The disc's folder.</param>
    /// <param name="volume">The disc.</param>
    /// <param name="strangers">How many archived files the disc has nothing like: neither one of the name nor one of the length.</param>
    /// <returns>Files of the disc, in its order, with the copy in the archive and how much of it there is to compare.</returns>
    public static IReadOnlyList<(FileEntry Entry, string Path, long Length)> Find(DiscFolder folder, IVolume volume, out int strangers)
    {
        // The predecessor's tools wrote some names in other case.
        var byName = new Dictionary<string, FileInfo>(StringComparer.OrdinalIgnoreCase);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new DirectoryInfo(folder.FilesPath).EnumerateFiles("*", options))
        {
            byName.TryAdd(Path.GetRelativePath(folder.FilesPath, file.FullName), file);
        }

        var found = new List<(FileEntry, string, long)>();
        var lengths = volume.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => entry.Size).ToHashSet();
        var names = new HashSet<string>(EntryPaths.Assign(volume.Entries), StringComparer.OrdinalIgnoreCase);
        strangers = byName.Count(pair => pair.Value.Length > 0 && !lengths.Contains(pair.Value.Length) && !names.Contains(pair.Key));
        foreach (var (entry, path) in volume.Entries.Zip(EntryPaths.Assign(volume.Entries)))
        {
            if (entry is { Kind: EntryKind.File, Extents: not null } && byName.TryGetValue(path, out var file)
                && file.Length > 0 && file.Length <= entry.Size)
            {
                found.Add((entry, file.FullName, file.Length));
            }
        }

        return found;
    }

    /// <returns>Where archived files lie on the disc byte for byte, in the order of the listing, each with its position in the file.</returns>
    public static IEnumerable<(ByteRange Place, ListedEntry Entry, long Position)> RunsOf(Listing listing)
    {
        foreach (var entry in listing.Files.Where(entry => entry.Sha256 is not null))
        {
            long position = (entry.Preamble?.Length ?? 0) / 2;
            foreach (var extent in entry.Extents ?? [])
            {
                if (extent is { IsStored: true, IsForm2: false, IsCoded: false })
                {
                    yield return (extent.Stored, entry, position);
                }

                position += extent.Length;
            }
        }
    }

    /// <returns>False where the file ends before, or can't be read.</returns>
    public static bool TryRead(string path, long start, Span<byte> buffer)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return FileBytes.Read(file, start, buffer) == buffer.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file that can't be read is no evidence.
            return false;
        }
    }
}
