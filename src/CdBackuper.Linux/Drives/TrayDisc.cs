using CdBackuper.Media.Images;

namespace CdBackuper.Linux.Drives;

/// <summary>What lies in an image tray as one disc: a file, or a sheet with all that belongs to it.</summary>
/// <param name="Main">The file that is opened.</param>
/// <param name="Others">What moves with it: the sheet's files, other sheets of the same files.</param>
/// <param name="IsComplete">False while a file that the sheet names is not there.</param>
internal sealed record TrayDisc(FileStamp Main, IReadOnlyList<FileStamp> Others, bool IsComplete)
{
    /// <summary>When any of its files was last changed.</summary>
    internal DateTimeOffset Modified => Others.Select(file => file.Modified).Append(Main.Modified).Max();

    /// <summary>All its files, the sheet that is opened last.</summary>
    internal IReadOnlyList<string> Paths => [.. Others.Select(file => file.Path), Main.Path];

    /// <param name="main">A file of the tray.</param>
    /// <param name="names">All files of the tray that may be images or sheets.</param>
    /// <returns>Null where the file is gone.</returns>
    internal static TrayDisc? Find(string main, IReadOnlyList<string> names)
    {
        if (FileStamp.Find(main) is not { } stamp)
        {
            return null;
        }

        if (!ImageSheets.IsSheet(main))
        {
            return new(stamp, [], IsComplete: true);
        }

        var found = FilesOf(main);
        var files = found.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var others = files.Concat(names.Where(name => name != main && ImageSheets.IsSheet(name) && FilesOf(name).Any(file => file is not null && files.Contains(file))));
        var channels = Path.ChangeExtension(main, ".sub");
        return new(
            stamp,
            [.. others.Append(channels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(FileStamp.Find).OfType<FileStamp>()],
            IsComplete: !found.Contains(null));
    }

    /// <returns>
    /// The files that a sheet means, null for each that is not there and would help; of one that can't be followed whatever lies beside it
    /// those that are there; empty where it can't be read.
    /// </returns>
    internal static IReadOnlyList<string?> FilesOf(string sheet)
    {
        try
        {
            var log = new SheetLog();
            var read = ImageSheets.Read(sheet, log);
            var isHopeless = log.Fatal is not null;
            var found = ImageSheets.FindFiles(sheet, read, log);
            return isHopeless ? [.. found.OfType<string>()] : found;
        }
        catch (DriveFaultException)
        {
            // It went away, or may not be read; opening it says so.
            return [];
        }
    }

    /// <inheritdoc/>
    public bool Equals(TrayDisc? other) =>
        other is not null && Main == other.Main && IsComplete == other.IsComplete && Others.SequenceEqual(other.Others);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Main, Others.Count, IsComplete);
}
