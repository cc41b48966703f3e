using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>Finds the drives that are there now. Of one thread.</summary>
/// <param name="globs">
/// Paths with wildcards, such as "/dev/sr*" or "./trays/*". A device is an optical drive, a folder is a tray; all else,
/// hidden folders and those named "ejected" are no drives.
/// </param>
public sealed class DriveFinder(IReadOnlyList<string> globs)
{
    private Dictionary<string, IDrive> known = [];

    /// <returns>
    /// Each drive once, however many globs and links lead to it, in natural order of the resolved paths (sr2 before sr10).
    /// A drive that stays is the same object as before. Empty where there is none: not an error.
    /// </returns>
    public IReadOnlyList<IDrive> Find()
    {
        var found = new Dictionary<string, IDrive>();
        foreach (var path in globs.SelectMany(Glob.Expand).Select(RealPath.Find).OfType<string>())
        {
            if (!found.ContainsKey(path) && (known.GetValueOrDefault(path) ?? TryMake(path)) is { } drive)
            {
                found.Add(path, drive);
            }
        }

        known = found;
        return [.. found.OrderBy(pair => pair.Key, NaturalOrder.Comparer).Select(pair => pair.Value)];
    }

    /// <returns>True when <paramref name="path"/> is a device node, or leads to one; false for files, folders and nothing.</returns>
    public static bool IsDevice(string path) =>
        FileFacts.Find(path, out _) is { IsBlockDevice: true } or { IsCharacterDevice: true };

    private static IDrive? TryMake(string path) => FileFacts.Find(path, out _) switch
    {
        { IsBlockDevice: true } or { IsCharacterDevice: true } => new OpticalDrive(path),
        { IsDirectory: true } when Path.GetFileName(path) is var name
            && name != ImageTray.EjectedFolder && !name.StartsWith('.') => new ImageTray(path),
        _ => null,
    };
}
