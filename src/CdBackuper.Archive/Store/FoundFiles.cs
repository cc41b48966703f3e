using System.Collections.Concurrent;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Verification;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Files that lie in <c>files/</c> and of which no record says what they are worth: left by the predecessor, or by a crash between
/// the moving and the record. What holds the same as the disc is kept as it is, what has holes is completed.
/// </summary>
internal sealed class FoundFiles
{
    private readonly DiscFolder folder;
    private readonly StringComparer names;
    private readonly HashSet<string> paths;

    /// <summary>By <see cref="KeyOf"/>; null where several names share a key.</summary>
    private readonly Dictionary<string, string?> byKey = new(StringComparer.Ordinal);

    /// <param name="folder">The disc's folder.</param>
    public FoundFiles(DiscFolder folder)
    {
        (this.folder, names) = (folder, folder.NameComparer);
        (paths, Renamed) = (new(names), new(names));
        if (!Directory.Exists(folder.FilesPath))
        {
            return;
        }

        // Links are not followed: they lead where they like.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(folder.FilesPath, "*", options))
        {
            var path = Path.GetRelativePath(folder.FilesPath, file);
            paths.Add(path);
            byKey[KeyOf(path)] = byKey.ContainsKey(KeyOf(path)) ? null : path;
        }
    }

    /// <summary>Files to be moved to the name that the disc has for them, below <c>files/</c>: by their old one.</summary>
    public ConcurrentDictionary<string, string> Renamed { get; }

    /// <summary>Decides anew, for each file that is to be written and of which a copy was found.</summary>
    public IReadOnlyList<ShelfStep> TakeOver(
        IReadOnlyList<ShelfStep> steps, RescuedImage image, Action<string> onFile, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            return steps;
        }

        var decided = new ConcurrentDictionary<ShelfStep, ShelfStep>(ReferenceEqualityComparer.Instance);
        var taken = steps.Select(step => step.Result.Path).ToHashSet(names);
        var comparison = new CopyComparison(image);
        ManyFiles.Each(
            steps.Where(IsUndecided),
            step =>
            {
                if (CopyOf(step.Result.Path, taken) is { } path)
                {
                    onFile(step.Result.Path);
                    var entry = step.FromImage ?? step.Result;
                    var copy = comparison.Compare(Path.Combine(folder.FilesPath, path), entry, cancellationToken);
                    decided[step] = Decide(step, entry, path, copy);
                }
            },
            cancellationToken);
        return [.. steps.Select(step => decided.GetValueOrDefault(step, step))];
    }

    /// <returns>What lies below <c>files/</c> and belongs to none of the entries, in order.</returns>
    public IEnumerable<string> Extras(IEnumerable<ListedEntry> entries) => paths
        .Except(Renamed.Keys, names)
        .Except(entries.Where(entry => entry.Sha256 is not null).Select(entry => entry.Path), names)
        .Where(path => File.Exists(Path.Combine(folder.FilesPath, path)))
        .Order(StringComparer.Ordinal);

    /// <returns>Those of them that may be the disc's by names that were not read, as they lie there.</returns>
    public IEnumerable<ListedEntry> Unnamed(IReadOnlyCollection<ListedEntry> entries, CancellationToken cancellationToken) => Extras(entries)
        .Except(entries.Select(entry => entry.Path), names)
        .Select(path => (Path: path, File: new FileInfo(Path.Combine(folder.FilesPath, path))))
        .Where(extra => extra.File.Length > 0)
        .Select(extra => new ListedEntry
        {
            Path = extra.Path,
            Kind = EntryKind.File,
            Size = extra.File.Length,
            Modified = new DateTimeOffset(extra.File.LastWriteTimeUtc),
            Sha256 = ArchivedFiles.TryHash(folder, extra.File.FullName, cancellationToken),
            Unverified = ByteSet.Of(new ByteRange(0, extra.File.Length)),
        })
        .Where(entry => entry.Sha256 is not null);

    private static bool IsUndecided(ShelfStep step) =>
        step is { Previous: null, Result: { Kind: EntryKind.File, Sha256: null } };

    private string? CopyOf(string path, HashSet<string> taken) =>
        paths.Contains(path) ? path
        : byKey.GetValueOrDefault(KeyOf(path)) is { } other && !taken.Contains(other) ? other
        : null;

    private ShelfStep Decide(ShelfStep step, ListedEntry entry, string path, ComparedCopy copy)
    {
        if (copy.IsOther || (copy.HasHoles && entry.Extents is null))
        {
            return step;
        }

        var doubted = step.Doubted ?? ByteSet.Of(new ByteRange(0, entry.Size));
        var result = step.Result with { Lost = copy.Lost.Intersect(doubted), Unverified = copy.Held.Intersect(doubted) };
        if (copy.HasHoles)
        {
            var all = ByteSet.Of(new ByteRange(0, entry.Size));
            var older = step.Result with { Path = path, Lost = all.Except(copy.Held) };
            return new(result, ShelfAction.Merge, FromImage: entry with { Lost = copy.Unread }, Previous: older);
        }

        if (path != entry.Path)
        {
            Renamed[path] = entry.Path;
        }

        return new(result with { Sha256 = copy.Sha256 }, ShelfAction.Keep);
    }

    /// <summary>Loop mounts and 7z wrote plain ISO 9660 names in other case, and with or without the version number.</summary>
    private static string KeyOf(string path)
    {
        var version = path.LastIndexOf(';');
        return (version > path.LastIndexOf('/') ? path[..version] : path).TrimEnd('.').ToUpperInvariant();
    }
}
