using System.Globalization;

namespace CdBackuper.Archive.Store;

/// <summary>The short numbers that people write on discs: 0001, 0002, ... Claimed once for the archive, never used again.</summary>
public static class DiscNumbers
{
    /// <returns>The number that was claimed for a disc's folder, whatever its records say; null for none.</returns>
    public static string? Find(ArchiveRoot root, string folderName)
    {
        ArgumentNullException.ThrowIfNull(root);
        return !Directory.Exists(root.NumbersPath) ? null : Directory.EnumerateFiles(root.NumbersPath)
            .Where(path => IsNumber(path, out _) && File.ReadAllText(path).Trim() == folderName)
            .Select(Path.GetFileName)
            .FirstOrDefault();
    }

    /// <summary>Claims the next free number for a disc's folder: by an exclusive create, so that two nodes never get one.</summary>
    /// <returns>At least four digits. The number that the folder has already where a crash came after its claim.</returns>
    public static string Claim(ArchiveRoot root, string folderName)
    {
        ArgumentNullException.ThrowIfNull(root);
        var next = 1;
        foreach (var path in Directory.EnumerateFiles(root.NumbersPath))
        {
            if (!IsNumber(path, out var taken))
            {
                continue;
            }

            if (File.ReadAllText(path).Trim() == folderName && !IsAnothers(root, Path.GetFileName(path), folderName))
            {
                return Path.GetFileName(path);
            }

            next = Math.Max(next, taken + 1);
        }

        while (true)
        {
            var number = next.ToString("D4", CultureInfo.InvariantCulture);
            var path = Path.Combine(root.NumbersPath, number);
            // Where it is taken by now, it may be for this very folder, by who took it over.
            if (root.Files.TryCreate(path, folderName + "\n") || File.ReadAllText(path).Trim() == folderName)
            {
                return number;
            }

            next++;
        }
    }

    /// <returns>True where a person renamed the folder that got the number: its disc has it still.</returns>
    private static bool IsAnothers(ArchiveRoot root, string number, string folderName) =>
        root.Discs().Any(disc => disc.Name != folderName && disc.LoadStatus()?.Number == number);

    private static bool IsNumber(string path, out int number) =>
        int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
