using CdBackuper.Media.Volumes;

namespace CdBackuper.Commands;

/// <summary>A disc's names as people read them: one line each, as <c>ls -l</c> has it.</summary>
internal static class FilesText
{
    private const string Letters = "rwxrwxrwx";
    private const int SizeWidth = 12;

    /// <summary>Where the volume has no modes.</summary>
    private const uint FolderMode = 0x1ED;
    private const uint FileMode = 0x1A4;

    /// <summary>Writes a line for each entry. Whole blocks of lines go out at a time: a disc may have 100,000.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="paths">The path of each, as it would lie below <c>files/</c>.</param>
    /// <param name="output">Takes the lines.</param>
    public static void Write(IReadOnlyList<FileEntry> entries, IReadOnlyList<string> paths, Stream output)
    {
        using var block = new TextBlock(output);
        for (var index = 0; index < entries.Count; index++)
        {
            WriteLine(block, entries[index], paths[index]);
        }
    }

    private static void WriteLine(TextBlock block, FileEntry entry, string path)
    {
        WriteMode(block, entry);
        block.Append("  ");
        block.AppendRight(entry.Size, SizeWidth);
        block.Append("  ");
        if (entry.Modified is { } time)
        {
            block.AppendTime(time.UtcDateTime);
        }
        else
        {
            block.Append("-                  ");
        }

        block.Append("  ");
        block.AppendPrintable(path);
        if (entry.LinkTarget is { } target)
        {
            block.Append(" -> ");
            block.AppendPrintable(target);
        }

        if (entry is { Extents: null, Kind: EntryKind.File })
        {
            block.Append("  (its place on the disc is lost)");
        }

        block.Append("\n");
    }

    private static void WriteMode(TextBlock block, FileEntry entry)
    {
        var mode = entry.Mode ?? (entry.Kind == EntryKind.Directory ? FolderMode : FileMode);
        Span<char> text = stackalloc char[1 + Letters.Length];
        text[0] = entry.Kind switch
        {
            EntryKind.Directory => 'd',
            EntryKind.SymbolicLink => 'l',
            EntryKind.Special => 's',
            EntryKind.Stream => '@',
            _ => '-',
        };
        for (var index = 0; index < Letters.Length; index++)
        {
            text[1 + index] = (mode >> (Letters.Length - 1 - index) & 1) == 1 ? Letters[index] : '-';
        }

        block.Append(text);
    }
}
