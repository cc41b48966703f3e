using System.Text.Json.Serialization;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Commands;

/// <summary>A disc as --json prints it: a contract with other programs (docs/operations.md). Fields are added, never changed.</summary>
internal sealed record DiscDocument
{
    public required string Number { get; init; }

    public required string Folder { get; init; }

    public string? Uuid { get; init; }

    public string? VolumeName { get; init; }

    public string? Label { get; init; }

    public required string Status { get; init; }

    public required DiscCondition Condition { get; init; }

    public required string Message { get; init; }

    public required bool IsRetry { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    public string? Image { get; init; }

    public DateTimeOffset? Finished { get; init; }

    public required FileTally Counts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FileLine>? Files { get; init; }

    public required IReadOnlyList<FlawLine> Flaws { get; init; }

    /// <summary>Files of the folder that can't be read, relative to it; null where there are none, or they were not looked at. They are made anew when the disc is put in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CorruptRecords { get; init; }

    public required string Next { get; init; }

    /// <summary>False where nothing tells how the disc stands: its status.json is missing or broken.</summary>
    [JsonIgnore]
    public bool HasStatus { get; init; }

    /// <param name="folder">The disc.</param>
    /// <param name="withFiles">True to list its files and flaws, which takes reading its listing.</param>
    public static DiscDocument Of(DiscFolder folder, bool withFiles)
    {
        var known = PredecessorFolder.Weigh(folder.LoadStatus());
        var status = known ?? new DiscStatus
        {
            Number = DiscNumbers.Find(folder.Root, folder.Name) ?? "",
            Message = "Its status.json is missing or can't be read.",
            Next = "Put the disc in again: it is made anew from it.",
        };
        var listing = withFiles ? folder.LoadListing() ?? Listing.Empty : null;
        var counts = status.Files;
        return new()
        {
            Number = status.Number,
            Folder = folder.Name,
            Uuid = status.Uuid,
            VolumeName = status.VolumeName,
            Label = folder.LoadLabel(),
            Status = status.Status,
            Condition = status.Condition,
            Message = status.Message,
            IsRetry = status.IsRetry,
            Nodes = status.RetryNodes,
            Image = status.Iso,
            Finished = status.Finished,
            Counts = new(counts.Total, counts.Perfect, counts.Damaged, counts.Lost, counts.Bytes),
            Files = listing is null ? null : [.. listing.Files
                .Select(file => new FileLine(file.Path, file.Size, file.Condition, file.Lost))
                .OrderByDescending(file => file.Condition)],
            Flaws = listing is null ? [] : [.. listing.Flaws.Select(flaw => new FlawLine(flaw.Id, flaw.Sector, flaw.Detail))],
            Next = known is { Number: "" } ? $"cdbackuper adopt gives it a number and a listing. {status.Next}" : status.Next,
            HasStatus = known is not null,
        };
    }

    /// <param name="Path">Relative to <c>files/</c>, with '/'.</param>
    /// <param name="Size">In bytes, as the volume says it.</param>
    /// <param name="Condition">perfect, damaged or lost.</param>
    /// <param name="Lost">In bytes of the file.</param>
    internal sealed record FileLine(string Path, long Size, FileCondition Condition, ByteSet Lost);

    /// <param name="Id">Stable.</param>
    /// <param name="Sector">Absolute on the disc; null where the flaw has no place.</param>
    /// <param name="Detail">For people.</param>
    internal sealed record FlawLine(string Id, long? Sector, string Detail);

    internal sealed record FileTally(int Files, int Perfect, int Damaged, int Lost, long Bytes);
}
