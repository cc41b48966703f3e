using System.CommandLine;
using CdBackuper.Archive.Store;

namespace CdBackuper.Commands;

/// <summary>How people name a disc: its number, its label, its folder, or what its folder's name begins with.</summary>
internal static class DiscArgument
{
    public static Argument<string> Create() => new("DISC")
    {
        Description = "The disc's number (0142 or 142), label, folder, or an unambiguous beginning of its folder's name.",
    };

    /// <exception cref="UsageException">No disc of the archive is meant, or more than one.</exception>
    public static DiscFolder Find(ArchiveRoot root, string text)
    {
        var folders = root.Discs().ToArray();
        Func<DiscFolder, bool>[] ways =
        [
            folder => folder.Name == text,
            folder => NumberOf(folder) is { Length: > 0 } number && number == text.PadLeft(number.Length, '0'),
            folder => string.Equals(folder.LoadLabel(), text, StringComparison.OrdinalIgnoreCase),
            folder => text.Length > 0 && folder.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase),
        ];
        foreach (var way in ways)
        {
            var found = folders.Where(way).ToArray();
            if (found.Length == 1)
            {
                return found[0];
            }

            if (found.Length > 1)
            {
                throw new UsageException(
                    $"'{text}' may be any of {found.Length} discs: {string.Join(", ", found.Take(5).Select(folder => folder.Name))}.",
                    "Give more of the folder's name, or the number.");
            }
        }

        throw new UsageException($"The archive {root.Path} has no disc '{text}'.", "cdbackuper list shows all discs.");
    }

    private static string? NumberOf(DiscFolder folder) =>
        folder.LoadStatus() is { } status ? status.Number : DiscNumbers.Find(folder.Root, folder.Name);
}
