using CdBackuper.Archive.Verification;

namespace CdBackuper.Commands;

/// <summary>What <c>adopt</c> found, as --json prints it.</summary>
/// <param name="Archive">The archive's path.</param>
/// <param name="DryRun">True where nothing was written.</param>
/// <param name="Folders">The predecessor's folders, in order of name.</param>
/// <param name="InsertAgain">The folders whose discs should be put in again, those first of which most can be won.</param>
internal sealed record AdoptDocument(
    string Archive, bool DryRun, IReadOnlyList<AdoptDocument.FolderLine> Folders, IReadOnlyList<string> InsertAgain)
{
    /// <param name="report">A folder as it was found.</param>
    /// <param name="isAdopted">True where it has number and listing now.</param>
    public static FolderLine LineOf(PredecessorReport report, bool isAdopted)
    {
        var status = report.Folder.LoadStatus();
        return new(
            report.Folder.Name,
            status?.Number is { Length: > 0 } number ? number : null,
            report.Folder.LoadLabel(),
            report.Files.Count(),
            report.Files.Sum(file => file.Size),
            report.Doubts.Count == 0,
            isAdopted,
            report.Doubts);
    }

    /// <param name="Folder">Its name.</param>
    /// <param name="Number">The disc's number; null where it has none yet.</param>
    /// <param name="Label">What a person calls the disc; null where nobody has.</param>
    /// <param name="Files">How many there are.</param>
    /// <param name="Bytes">Of all files.</param>
    /// <param name="IsTrusted">True where nothing speaks against it. Nothing was compared with the disc all the same.</param>
    /// <param name="IsAdopted">True where it has number and listing.</param>
    /// <param name="Doubts">What speaks against it.</param>
    internal sealed record FolderLine(
        string Folder, string? Number, string? Label, int Files, long Bytes, bool IsTrusted, bool IsAdopted, IReadOnlyList<Doubt> Doubts);
}
