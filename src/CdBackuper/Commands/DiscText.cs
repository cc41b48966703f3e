using System.Globalization;
using System.Text;
using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Media.Verdicts;
using CdBackuper.Notices;

namespace CdBackuper.Commands;

/// <summary>A disc as people read it.</summary>
internal static class DiscText
{
    /// <summary>So many files are named one by one; a terminal holds no more.</summary>
    private const int MaxNamed = 200;

    /// <summary>How wide the column of names is in lists of discs.</summary>
    public const int NameWidth = 24;

    /// <returns>One line: number, name, condition, files, size, when, folder.</returns>
    public static string Line(DiscDocument disc)
    {
        var name = TextCut.Start(disc.Label ?? disc.VolumeName ?? "(no name)", NameWidth);
        var files = !disc.HasStatus ? "status.json broken"
            : disc.Number.Length == 0 ? "not adopted yet"
            : disc.Counts.Damaged + disc.Counts.Lost == 0 ? Words.Count(disc.Counts.Files, "file")
            : $"{disc.Counts.Perfect} of {Words.Count(disc.Counts.Files, "file")}";
        var bytes = IsCounted(disc) ? Words.Bytes(disc.Counts.Bytes) : "-";
        return Answer.Printable(
            $"{NumberOf(disc),-4}  {name,-NameWidth}  {Word(disc),-10}  {files,-18}  {bytes,9}  {When(disc),-16}  {disc.Folder}")
            .ReplaceLineEndings(" ");
    }

    /// <returns>Everything, the damaged files first.</returns>
    public static string Page(DiscDocument disc)
    {
        var page = new StringBuilder();
        void Row(string head, string? text, Func<string, string>? paint = null)
        {
            if (!string.IsNullOrEmpty(text))
            {
                var line = Answer.Printable(text).ReplaceLineEndings(" ");
                page.Append(CultureInfo.InvariantCulture, $"{head,-10} {paint?.Invoke(line) ?? line}\n");
            }
        }

        Row("Disc", $"{NumberOf(disc)}  {disc.Label ?? disc.VolumeName ?? "(no name)"}");
        Row("Condition", $"{Word(disc)}: {disc.Message}", PaintOf(disc.Condition));
        Row("Next", disc.Next);
        Row("Volume", disc.VolumeName);
        Row("UUID", disc.Uuid);
        Row("Folder", disc.Folder);
        Row("Image", disc.Image);
        Row("Tried on", disc.Nodes.Count == 0 ? null : $"{string.Join(", ", disc.Nodes)}; last: {When(disc)}");
        Row("Size", IsCounted(disc) ? $"{Words.Count(disc.Counts.Files, "file")}, {Words.Bytes(disc.Counts.Bytes)}" : null);
        Row("Corrupt", disc.CorruptRecords is { } corrupt ? $"{string.Join(", ", corrupt)}: made anew when the disc is put in" : null, Paint.Doubtful);
        foreach (var flaw in disc.Flaws.Take(MaxNamed))
        {
            Row("Flaw", flaw.Sector is { } sector ? $"sector {sector}: {flaw.Detail}" : flaw.Detail);
        }

        AppendFiles(page, disc.Files ?? []);
        return page.ToString().TrimEnd();
    }

    private static string When(DiscDocument disc) =>
        disc.Finished?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "not finished";

    /// <summary>Nobody has counted the files of a folder that was not adopted.</summary>
    private static bool IsCounted(DiscDocument disc) => disc.HasStatus && disc.Number.Length > 0;

    private static string NumberOf(DiscDocument disc) => disc.Number.Length > 0 ? disc.Number : "-";

    private static string Word(DiscDocument disc) => disc switch
    {
        { HasStatus: false } => "unknown",
        { Condition: DiscCondition.Whole } => "whole",
        { Condition: DiscCondition.Damaged } => IsUnverified(disc) ? "unverified" : "damaged",
        { Condition: DiscCondition.UnknownFileSystem } => "unknown fs",
        _ => "unreadable",
    };

    /// <returns>True where nothing is known to be missing, and a predecessor's files were not all compared with the disc.</returns>
    private static bool IsUnverified(DiscDocument disc) =>
        !IsCounted(disc) || (disc.Counts.Damaged + disc.Counts.Lost == 0 && disc.Counts.Perfect < disc.Counts.Files);

    private static Func<string, string> PaintOf(DiscCondition condition) => condition switch
    {
        DiscCondition.Whole => Paint.Good,
        DiscCondition.Unreadable => Paint.Bad,
        _ => Paint.Doubtful,
    };

    private static void AppendFiles(StringBuilder page, IReadOnlyList<DiscDocument.FileLine> files)
    {
        page.Append('\n');
        foreach (var file in files.Take(MaxNamed))
        {
            var verdict = file.Condition switch
            {
                FileCondition.Perfect => Paint.Good("perfect"),
                FileCondition.Lost => Paint.Bad("LOST"),
                FileCondition.Unverified => Paint.Doubtful("UNVERIFIED, not read from the disc yet"),
                _ => Paint.Doubtful($"DAMAGED, misses {Words.Bytes(file.Lost.TotalLength)} in {Places(file.Lost.Count)}"),
            };
            var name = Answer.Printable(file.Path).ReplaceLineEndings(" ");
            page.Append(CultureInfo.InvariantCulture, $"  {Words.Bytes(file.Size),9}  {name}  {verdict}\n");
        }

        if (files.Count > MaxNamed)
        {
            page.Append(CultureInfo.InvariantCulture, $"  and {files.Count - MaxNamed} more; --json lists all\n");
        }
    }

    private static string Places(int count) => count == 1 ? "one place" : $"{count} places";
}
