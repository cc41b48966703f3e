using System.Globalization;
using System.Text;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// Gives every entry of a volume a path below a folder that is safe to be made on Linux, and is its own.
/// </summary>
public static class EntryPaths
{
    /// <summary>Bytes of a whole path, in UTF-8. Linux allows 4,096 with the folder the paths lie in.</summary>
    public const int MaxPathBytes = 3800;

    private const string DeepFolder = "_deep";

    /// <summary>Room for " (1000000)".</summary>
    private const int NumberBytes = 12;

    /// <summary>
    /// Assigns the paths, in time linear in the names' length. A name is kept exactly (case, blanks, dots at the end),
    /// save that '/', NUL and control characters become '_', lone surrogates U+FFFD, an empty name "_", "." "_" and
    /// ".." "__", and that what exceeds 255 bytes is cut before the extension. Of names that are then equal in one
    /// folder, the first in the order of the entries keeps it and the others get " (2)", " (3)" … before the extension
    /// (a folder has none). An entry whose path would exceed <see cref="MaxPathBytes"/> lies in
    /// <c>_deep/NNNNNN-name</c> instead, NNNNNN being its index, and what is below it follows it there.
    /// </summary>
    /// <param name="entries">Each folder before what it holds.</param>
    /// <param name="rules">What the file system takes that the paths are for: where it is less, that is '_' as well, and what it takes for equal is. Null for Linux's.</param>
    /// <returns>Relative paths with '/', one for each entry, all different.</returns>
    /// <exception cref="ArgumentException">An entry's parent does not stand before it.</exception>
    public static IReadOnlyList<string> Assign(IReadOnlyList<FileEntry> entries, NameRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        rules ??= NameRules.Linux;

        // An entry of the disc that is itself called "_deep" keeps its name, unless the deep folder is needed.
        var assignment = new Assignment(entries.Count, rules);
        assignment.AddAll(entries);
        if (assignment.IsDeepFolderUsed)
        {
            assignment = new Assignment(entries.Count, rules);
            assignment.ReserveDeepFolder();
            assignment.AddAll(entries);
        }

        return assignment.Paths;
    }

    /// <param name="name">A name of a path's last part, as <see cref="Assign"/> makes it.</param>
    /// <param name="number">The how manieth of its name it is, from 2.</param>
    /// <param name="isDirectory">True for a folder, which has no extension.</param>
    /// <param name="maxBytes">Bytes that a name may have.</param>
    /// <returns>The name with the number before its extension, cut where it would be too long.</returns>
    public static string Numbered(string name, int number, bool isDirectory, int maxBytes = PathComponent.MaxBytes)
    {
        var (stem, extension) = Split(name, isDirectory, maxBytes);
        return Numbered(stem, number, extension);
    }

    private static string Numbered(string stem, int number, string extension) =>
        $"{stem} ({number.ToString(CultureInfo.InvariantCulture)}){extension}";

    /// <summary>The stem always leaves room for a number.</summary>
    private static (string Stem, string Extension) Split(string name, bool isDirectory, int maxBytes)
    {
        var dot = isDirectory ? name.Length : PathComponent.ExtensionStart(name);
        var extension = name[dot..];
        var room = maxBytes - NumberBytes - Encoding.UTF8.GetByteCount(extension);
        return (PathComponent.Cut(name[..dot], room), extension);
    }

    private sealed class Assignment(int count, NameRules rules)
    {
        private const int RootIndex = -1;

        private readonly Dictionary<FileEntry, int> folders = [];
        private readonly Dictionary<(int Folder, string Stem, string Extension), int> numbers = [];
        private readonly HashSet<string> takenInRoot = new(rules.Comparer);
        private readonly HashSet<string>?[] takenBelow = new HashSet<string>?[count];
        private readonly int[] pathBytes = new int[count];
        private FileEntry? lastParent;
        private int lastFolder = RootIndex;

        public string[] Paths { get; } = new string[count];

        public bool IsDeepFolderUsed { get; private set; }

        public void ReserveDeepFolder() => takenInRoot.Add(DeepFolder);

        public void AddAll(IReadOnlyList<FileEntry> entries)
        {
            // Few discs have streams, which lie below files; of all others only folders are looked up.
            var hasStreams = entries.Any(entry => entry.Kind == EntryKind.Stream);
            for (var index = 0; index < entries.Count; index++)
            {
                var entry = entries[index];
                Add(entry, index);
                if (entry.Kind == EntryKind.Directory || hasStreams)
                {
                    folders.TryAdd(entry, index);
                }
            }
        }

        private void Add(FileEntry entry, int index)
        {
            var folder = FolderOf(entry, index);
            var name = MakeUnique(folder, rules.Fit(PathComponent.Clean(entry.Name)), entry.Kind == EntryKind.Directory);
            var length = Encoding.UTF8.GetByteCount(name) + (folder == RootIndex ? 0 : pathBytes[folder] + 1);
            if (length > MaxPathBytes)
            {
                IsDeepFolderUsed = true;
                var number = index.ToString("D6", CultureInfo.InvariantCulture);
                Paths[index] = $"{DeepFolder}/{rules.FitEnd(Shorten($"{number}-{name}", rules.MaxBytes, hasExtension: true))}";
                length = Encoding.UTF8.GetByteCount(Paths[index]);
            }
            else
            {
                Paths[index] = folder == RootIndex ? name : string.Concat(Paths[folder], "/", name);
            }

            pathBytes[index] = length;
        }

        /// <summary>What lies in one folder mostly stands together.</summary>
        private int FolderOf(FileEntry entry, int index)
        {
            if (entry.Parent != lastParent)
            {
                lastParent = entry.Parent;
                if (lastParent is null)
                {
                    lastFolder = RootIndex;
                }
                else if (!folders.TryGetValue(lastParent, out lastFolder))
                {
                    throw new ArgumentException($"The folder of entry {index} does not stand before it.", nameof(entry));
                }
            }

            return lastFolder;
        }

        private bool TryTake(int folder, string name) =>
            (folder == RootIndex ? takenInRoot : takenBelow[folder] ??= new(rules.Comparer)).Add(name);

        private string MakeUnique(int folder, string clean, bool isDirectory)
        {
            var name = rules.FitEnd(Shorten(clean, rules.MaxBytes, !isDirectory));
            if (TryTake(folder, name))
            {
                return name;
            }

            // Equal stems share one count: linear however many collide.
            var (stem, extension) = Split(name, isDirectory, rules.MaxBytes);
            var key = (folder, stem, extension);
            for (var number = numbers.GetValueOrDefault(key, 2); ; number++)
            {
                var numbered = Numbered(stem, number, extension);
                if (TryTake(folder, numbered))
                {
                    numbers[key] = number + 1;
                    return numbered;
                }
            }
        }

        private static string Shorten(string name, int maxBytes, bool hasExtension)
        {
            // A character of UTF-16 takes three bytes at most.
            if (name.Length <= maxBytes / 3 || Encoding.UTF8.GetByteCount(name) <= maxBytes)
            {
                return name;
            }

            var dot = hasExtension ? PathComponent.ExtensionStart(name) : name.Length;
            var extension = name[dot..];
            return PathComponent.Cut(name[..dot], maxBytes - Encoding.UTF8.GetByteCount(extension)) + extension;
        }
    }
}
