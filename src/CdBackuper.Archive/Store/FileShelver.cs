using System.Collections.Concurrent;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Brings a disc's files into <c>files/</c>: writes them at a temporary place inside the disc's folder, makes them durable,
/// moves them into place. A crash at any moment leaves what was in place before, and things that may be deleted.
/// </summary>
/// <param name="folder">The disc's folder, claimed.</param>
/// <param name="image">What was rescued so far.</param>
/// <param name="now">The moment for the names of what is set aside.</param>
/// <param name="unnamed">What becomes of files that the steps do not name.</param>
/// <param name="ensureHeld">Throws when the folder was taken over; asked before anything is moved into place. Null for never.</param>
public sealed class FileShelver(DiscFolder folder, RescuedImage image, DateTimeOffset now, UnnamedFiles unnamed = UnnamedFiles.Stay, Action? ensureHeld = null)
{
    private readonly ConcurrentBag<string> remarks = [];
    private string? asidePath;

    /// <summary>What was noticed: files set aside.</summary>
    public IReadOnlyCollection<string> Remarks => remarks;

    /// <returns>True where a file of a listing lies in the archive at its right length.</returns>
    public static bool IsInPlace(DiscFolder folder, ListedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(entry);
        var file = new FileInfo(Path.Combine(folder.FilesPath, entry.Path));
        return file.Exists && file.Length == entry.Size;
    }

    /// <summary>Carries out the steps.</summary>
    /// <param name="steps">As <see cref="ShelfPlan"/> decided.</param>
    /// <param name="onFile">Called with a file's path as its writing begins; from several threads.</param>
    /// <param name="cancellationToken">Ends it early; what is in place stays as it was.</param>
    /// <returns>The entries of the new listing, with hashes.</returns>
    public IReadOnlyList<ListedEntry> Shelve(
        IReadOnlyList<ShelfStep> steps, Action<string> onFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(onFile);
        DeleteNewFiles();
        var found = new FoundFiles(folder);
        steps = found.TakeOver(steps, image, onFile, cancellationToken);
        var written = steps.Where(step => step.Action != ShelfAction.Keep).ToArray();
        var folders = steps.Where(step => step.Result.Kind == EntryKind.Directory).Select(step => step.Result).ToArray();
        var results = WriteIncoming(written, folders, onFile, cancellationToken);
        folder.Root.FileSystem.SyncFileSystem(folder.NewFilesPath);
        ensureHeld?.Invoke();
        MoveIntoPlace(written, folders);
        ListedEntry[] named = [.. steps.Select(step => step.Result with { Sha256 = step.Result.Sha256 ?? (results.ContainsKey(step) ? "" : null) })];
        MoveFound(found, named);
        ListedEntry[] others = unnamed == UnnamedFiles.Listed ? [.. found.Unnamed(named, cancellationToken)] : [];
        steps = [.. steps.Select(WithoutBlank)];
        SetFolderTimes(folders);
        folder.Root.FileSystem.SyncFileSystem(folder.Path);
        return [.. steps.Select(step => results.TryGetValue(step, out var written) ? ResultOf(step, written) : step.Result), .. others];
    }

    private ListedEntry ResultOf(ShelfStep step, WrittenFile written)
    {
        if (!written.Undecodable.IsEmpty)
        {
            remarks.Add($"files/{step.Result.Path}: {written.Undecodable.TotalLength} bytes were read and can't be decoded");
        }

        if (written.ContradictedBytes > 0)
        {
            remarks.Add($"files/{step.Result.Path}: the image has other bytes than the archived copy, whose hash is right, in {written.ContradictedBytes} bytes; the archived ones are kept");
        }

        return step.Result with { Sha256 = written.Sha256, Lost = step.Result.Lost.Union(written.Undecodable) };
    }

    private ConcurrentDictionary<ShelfStep, WrittenFile> WriteIncoming(
        ShelfStep[] written, ListedEntry[] folders, Action<string> onFile, CancellationToken cancellationToken)
    {
        var onServer = folder.Root.FileSystem.CopiesOnServer(folder.Path) ? folder.Root.FileSystem : null;
        var writer = new FileWriter(image, onServer);
        Directory.CreateDirectory(folder.NewFilesPath);
        Directory.CreateDirectory(folder.AsidePath);
        foreach (var name in folders.Select(entry => entry.Path)
            .Concat(written.Select(step => Path.GetDirectoryName(step.Result.Path)!)).Distinct())
        {
            Directory.CreateDirectory(Path.Combine(folder.NewFilesPath, name));
        }

        var results = new ConcurrentDictionary<ShelfStep, WrittenFile>(ReferenceEqualityComparer.Instance);
        ManyFiles.Each(
            written,
            step =>
            {
                onFile(step.Result.Path);
                (string, ByteSet)? older = step.Previous is { } previous ? (InFiles(previous.Path), previous.Lost) : null;
                var path = Path.Combine(folder.NewFilesPath, step.Result.Path);
                results[step] = writer.Write(path, step.FromImage!, older, cancellationToken);
            },
            cancellationToken);
        return results;
    }

    private void MoveIntoPlace(ShelfStep[] written, ListedEntry[] folders)
    {
        if (!Directory.Exists(folder.FilesPath))
        {
            Directory.Move(folder.NewFilesPath, folder.FilesPath);
            return;
        }

        foreach (var entry in folders)
        {
            MakeFolder(InFiles(entry.Path));
        }

        foreach (var step in written)
        {
            var target = InFiles(step.Result.Path);
            MakeFolder(Path.GetDirectoryName(target)!);
            if (step.Previous is null && Path.Exists(target))
            {
                SetAside(step.Result.Path);
            }

            File.Move(Path.Combine(folder.NewFilesPath, step.Result.Path), target, overwrite: true);
        }

        DeleteNewFiles();
    }

    private void MoveFound(FoundFiles found, ListedEntry[] entries)
    {
        foreach (var (path, target) in found.Renamed)
        {
            MakeFolder(Path.GetDirectoryName(InFiles(target))!);
            File.Move(InFiles(path), InFiles(target), overwrite: false);
        }

        if (unnamed != UnnamedFiles.SetAside)
        {
            return;
        }

        foreach (var extra in found.Extras(entries))
        {
            SetAside(extra);
        }

        DeleteEmptyFolders(entries);
    }

    /// <summary>Of a lost file nothing lies in its place: all that a predecessor left of it is zeros.</summary>
    private ShelfStep WithoutBlank(ShelfStep step)
    {
        if (step is not { Action: ShelfAction.Keep, Result: { Kind: EntryKind.File, Sha256: not null, Condition: FileCondition.Lost } lost })
        {
            return step;
        }

        SetAside(lost.Path);
        return step with { Result = lost with { Sha256 = null } };
    }

    /// <summary>Folders that the disc does not have, once what they held has its right place.</summary>
    private void DeleteEmptyFolders(ListedEntry[] entries)
    {
        if (!Directory.Exists(folder.FilesPath))
        {
            return;
        }

        var known = entries.Where(entry => entry.Kind == EntryKind.Directory).Select(entry => InFiles(entry.Path)).ToHashSet(folder.NameComparer);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var path in Directory.EnumerateDirectories(folder.FilesPath, "*", options).OrderDescending(StringComparer.Ordinal).ToArray())
        {
            if (!known.Contains(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            {
                Directory.Delete(path);
            }
        }
    }

    private void MakeFolder(string path)
    {
        // A link to a folder leads out of files/.
        if (File.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
        {
            SetAside(Path.GetRelativePath(folder.FilesPath, path));
        }

        Directory.CreateDirectory(path);
    }

    /// <summary>
    /// What lies where a file belongs and is not known to be an earlier, poorer copy of it is kept outside <c>files/</c>. By way of the holder's
    /// place: it may be a new holder's by now, and then there is no way.
    /// </summary>
    private void SetAside(string relativePath)
    {
        asidePath ??= HolderPlace.FreeAsidePath(folder, now);
        var kept = Path.Combine(asidePath, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        var passing = Path.Combine(folder.AsidePath, Path.GetFileName(relativePath));
        Directory.Move(InFiles(relativePath), passing);
        Directory.Move(passing, kept);
        remarks.Add($"files/{relativePath} is not what the disc has there; it is kept as {Path.GetRelativePath(folder.Path, kept)}");
    }

    private void SetFolderTimes(ListedEntry[] folders)
    {
        // Deepest first, since setting a time inside a folder is a change of the folder above.
        foreach (var entry in folders.Where(entry => entry.Modified is not null).Reverse())
        {
            if (Directory.Exists(InFiles(entry.Path)))
            {
                Directory.SetLastWriteTimeUtc(InFiles(entry.Path), entry.Modified!.Value.UtcDateTime);
            }
        }
    }

    private void DeleteNewFiles()
    {
        if (Directory.Exists(folder.NewFilesPath))
        {
            Directory.Delete(folder.NewFilesPath, recursive: true);
        }
    }

    private string InFiles(string relativePath) => Path.Combine(folder.FilesPath, relativePath);
}
