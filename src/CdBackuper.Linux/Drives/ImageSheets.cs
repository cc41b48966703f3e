using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.CloneCd;
using CdBackuper.Media.Images.Cue;

namespace CdBackuper.Linux.Drives;

/// <summary>Finds the text that describes an image, and the files it means: only ever such as lie beside it.</summary>
internal static class ImageSheets
{
    /// <summary>Of two that describe the same file the first is taken.</summary>
    internal static readonly string[] Extensions = [".cue", ".ccd", ".toc"];

    private static readonly string[] ImageExtensions = [".bin", ".img", ".raw", ".iso"];

    internal static bool IsSheet(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a sheet; what is wrong with it is in the log.</summary>
    /// <exception cref="DriveFaultException">It can't be read.</exception>
    internal static IImageSheet Read(string path, SheetLog log)
    {
        using var file = new FileBytes(path);
        var bytes = new byte[Math.Min(file.LengthBytes, SheetLimits.MaxBytes + 1)];
        if (!file.TryRead(0, bytes))
        {
            log.Fail(0, "it can't be read");
            bytes = [];
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CCD" => CloneCdSheet.Read(bytes, Path.GetFileNameWithoutExtension(path) + ".img", log),
            ".TOC" => TocSheet.Read(bytes, log),
            _ => CueSheet.Read(bytes, log),
        };
    }

    /// <returns>For each name of the sheet the regular file beside it that is meant; null where there is none.</returns>
    internal static IReadOnlyList<string?> FindFiles(string sheetPath, IImageSheet sheet, SheetLog log)
    {
        var folder = Path.GetDirectoryName(sheetPath)!;
        string[] beside = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        var found = sheet.FileNames.Select(name => Find(beside, name)).ToArray();
        if (found is [null] && FindTwin(beside, sheetPath) is { } twin)
        {
            log.Note(0, $"it names a file that is not beside it; {Path.GetFileName(twin)} is, and is taken");
            found[0] = twin;
        }

        return found;
    }

    /// <returns>The sheet beside an image that describes it alone; null for none.</returns>
    internal static string? FindFor(string imagePath)
    {
        foreach (var extension in Extensions)
        {
            var path = Path.ChangeExtension(imagePath, extension);
            var log = new SheetLog();
            if (File.Exists(path) && FindFiles(path, Read(path, log), log).Contains(imagePath) && log.Fatal is null)
            {
                return path;
            }
        }

        return null;
    }

    private static string? Find(string[] beside, string name)
    {
        if (SheetFileName.BaseNameOf(name) is not { } last)
        {
            return null;
        }

        // The same name but for case, since Windows does not tell them apart; the exact one first.
        return Array.Find(beside, file => Path.GetFileName(file) == last && IsRegular(file))
            ?? Array.Find(beside, file => Path.GetFileName(file).Equals(last, StringComparison.OrdinalIgnoreCase) && IsRegular(file));
    }

    /// <summary>Image and sheet were renamed together, and the sheet still has the old name in it.</summary>
    private static string? FindTwin(string[] beside, string sheetPath)
    {
        var stem = Path.GetFileNameWithoutExtension(sheetPath);
        return Array.Find(beside, file => Path.GetFileNameWithoutExtension(file) == stem
            && ImageExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && IsRegular(file));
    }

    private static bool IsRegular(string path) => FileStamp.Find(path) is not null;
}
