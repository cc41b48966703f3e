namespace CdBackuper.Media.Volumes.Composition;

/// <summary>
/// The paths of a tree's entries, folded so that those of another file system can be compared: without case, since one side
/// of many discs knows no lower case. To compare with, not to be shown.
/// </summary>
internal sealed class TreePaths
{
    /// <summary>A longer path is not compared: no writer makes it on two sides.</summary>
    private const int MaxLength = 4096;

    private readonly Dictionary<FileEntry, string?> paths;

    public TreePaths(IReadOnlyList<FileEntry> entries)
    {
        paths = new(entries.Count, ReferenceEqualityComparer.Instance);
        foreach (var entry in entries)
        {
            var name = entry.Name.Trim('\0').ToUpperInvariant();
            var above = entry.Parent is null ? "" : paths.GetValueOrDefault(entry.Parent);
            paths[entry] = above is null || above.Length + name.Length > MaxLength ? null : $"{above}/{name}";
        }
    }

    /// <returns>Null where the path is too long to compare.</returns>
    public string? Of(FileEntry entry) => paths[entry];
}
