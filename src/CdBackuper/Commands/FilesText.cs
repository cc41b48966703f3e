using System.Globalization;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Commands;

/// <summary>A disc's names as people read them: one line each, as <c>ls -l</c> has it.</summary>
internal static class FilesText
{
    private const string Letters = "rwxrwxrwx";

    /// <summary>Where the volume has no modes.</summary>
    private const uint FolderMode = 0x1ED;
    private const uint FileMode = 0x1A4;

    public static IEnumerable<string> Lines(FilesDocument document) => document.Entries.Select(Line);

    private static string Line(FilesDocument.EntryLine entry)
    {
        var time = entry.Modified?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
        var lost = entry.Extents is null && entry.Kind == EntryKind.File ? "  (its place on the disc is lost)" : "";
        var target = entry.Target is null ? "" : $" -> {entry.Target}";
        return Answer.Printable(
            $"{Mode(entry)}  {entry.Size.ToString(CultureInfo.InvariantCulture),12}  {time,-19}  {entry.Path}{target}{lost}")
            .ReplaceLineEndings(" ");
    }

    private static string Mode(FilesDocument.EntryLine entry)
    {
        var kind = entry.Kind switch
        {
            EntryKind.Directory => 'd',
            EntryKind.SymbolicLink => 'l',
            EntryKind.Special => 's',
            EntryKind.Stream => '@',
            _ => '-',
        };
        var mode = entry.Mode ?? (entry.Kind == EntryKind.Directory ? FolderMode : FileMode);
        return kind + string.Concat(Letters.Select((letter, index) => (mode >> (8 - index) & 1) == 1 ? letter : '-'));
    }
}
