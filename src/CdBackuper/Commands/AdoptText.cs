using CdBackuper.Jobs;
using CdBackuper.Notices;

namespace CdBackuper.Commands;

/// <summary>What <c>adopt</c> found, as people read it.</summary>
internal static class AdoptText
{
    /// <summary>So many doubts of one folder are named; --json lists all.</summary>
    private const int MaxNamed = 10;

    public static IEnumerable<string> Lines(AdoptDocument document)
    {
        var byName = document.Folders.ToDictionary(folder => folder.Folder, StringComparer.Ordinal);
        foreach (var folder in document.InsertAgain.Select(name => byName[name]))
        {
            yield return Paint.Doubtful(Head(folder));
            foreach (var doubt in folder.Doubts.Take(MaxNamed))
            {
                yield return Clean($"        {(doubt.Path is null ? "" : $"{doubt.Path}: ")}{doubt.Detail}");
            }

            if (folder.Doubts.Count > MaxNamed)
            {
                yield return $"        and {folder.Doubts.Count - MaxNamed} more";
            }
        }

        foreach (var folder in document.Folders.Where(folder => folder.IsTrusted))
        {
            yield return Head(folder);
        }

        if (document.Folders.Count > 0)
        {
            yield return "";
        }

        yield return Summary(document);
    }

    private static string Summary(AdoptDocument document)
    {
        var folders = Words.Count(document.Folders.Count, "folder");
        var adopted = document.Folders.Count(folder => folder.IsAdopted);
        var done = document.DryRun ? "Nothing was written (--dry-run)."
            : $"With a number and a listing now: {adopted}; their files were not touched.";
        return document.Folders.Count == 0 ? "The archive has no folders of the predecessor."
            : document.InsertAgain.Count switch
            {
                0 => $"{folders} of the predecessor; nothing speaks against any. {done} Put the discs in again when there is time: only that proves it.",
                1 => $"{folders} of the predecessor; 1 can't be trusted: put that disc in again. {done}",
                var doubtful => $"{folders} of the predecessor; {doubtful} can't be trusted: put those discs in again, in the order above. {done}",
            };
    }

    private static string Head(AdoptDocument.FolderLine folder) => Clean(
        $"{folder.Number ?? "-",-4}  {TextCut.Start(folder.Label ?? "(no name)", DiscText.NameWidth),-DiscText.NameWidth}  {Words.Count(folder.Files, "file"),-12}  {Words.Bytes(folder.Bytes),9}  {(folder.IsTrusted ? "no doubts" : Words.Count(folder.Doubts.Count, "doubt")),-10}  {folder.Folder}");

    private static string Clean(string text) => Answer.Printable(text).ReplaceLineEndings(" ");
}
