using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Verification;

/// <summary>Says of a file, from its own bytes alone, whether it looks as if a part of it had not been read.</summary>
internal static class FileDoubts
{
    /// <summary>Compressed from end to end: a blank sector in them is a hole, hardly ever their own.</summary>
    private static readonly HashSet<string> NeverBlank = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jp2", ".png", ".gif", ".webp", ".heic", ".mp3", ".ogg", ".flac", ".wma", ".m4a", ".zip", ".gz", ".tgz",
        ".bz2", ".7z", ".rar", ".xz", ".jar", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub",
    };

    /// <summary>In other files so many blank bytes in runs that begin and end sharply at sectors look like holes.</summary>
    private const long ManySharpBytes = 16L * Sector.Size;

    /// <returns>Why the file is doubtful; null where nothing speaks against it.</returns>
    public static Doubt? Of(string path, HoleScan scan)
    {
        var isCompressed = NeverBlank.Contains(Path.GetExtension(path));
        if (scan.Length == 0)
        {
            return isCompressed ? new("file.empty", path, "it is empty, which files of its type are not") : null;
        }

        var blank = scan.Blank.TotalLength;
        return blank == scan.Length ? new("file.blank", path, $"all its {blank} bytes are zeros")
            : isCompressed && blank >= Math.Min(Sector.Size, scan.Length) ? new("file.zeros", path, $"{blank} bytes in whole sectors are zeros, which files of its type do not hold")
            : scan.SharpBytes >= ManySharpBytes ? new("file.zeros", path, $"{scan.SharpBytes} bytes are zeros from one sector's start to another's")
            : null;
    }
}
