using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;

namespace CdBackuper.Commands;

/// <summary>A disc of which something is missing, as <c>todo --json</c> prints it: a contract with other programs (docs/operations.md).</summary>
internal sealed record TodoDocument
{
    public required string Number { get; init; }

    public required string Folder { get; init; }

    public string? VolumeName { get; init; }

    public string? Label { get; init; }

    public required DiscCondition Condition { get; init; }

    public required int Damaged { get; init; }

    public required int Lost { get; init; }

    /// <summary>Files that a program before this one archived, and that were not compared with the disc.</summary>
    public required int Unverified { get; init; }

    public required int Attempts { get; init; }

    /// <summary>How likely the next step wins something, 0 to 1.</summary>
    public required double Chance { get; init; }

    /// <summary>How many files it may be expected to win: what to sort by, no promise.</summary>
    public required double Gain { get; init; }

    public required bool IsGivenUp { get; init; }

    public required string Next { get; init; }

    /// <returns>The discs that miss something, what promises most first; those that are given up last.</returns>
    public static IReadOnlyList<TodoDocument> Of(ArchiveRoot archive)
    {
        var discs = archive.Discs()
            .Select(folder => (Folder: folder, Attempts: folder.LoadAttempts(), Status: PredecessorFolder.Weigh(folder.LoadStatus())))
            .ToArray();
        var drives = DriveHistory.Of(discs.Select(disc => disc.Attempts));

        // Nobody needs to read on for a folder whose disc another one has whole.
        var doubles = discs.Where(disc => disc.Status is { Condition: DiscCondition.Whole })
            .SelectMany(disc => disc.Status!.Doubles ?? []).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. discs.Where(disc => disc.Status is { Condition: DiscCondition.Damaged or DiscCondition.Unreadable } && !IsReadOut(disc.Folder, disc.Status, disc.Attempts)
                    && !doubles.Contains(disc.Folder.Name))
                .Select(disc => (Document: Of(disc.Folder, disc.Status!, disc.Attempts, NextStep.Of(disc.Attempts, drives)), Unread: disc.Status!.Ddrescue.ReadErrors))
                .OrderBy(disc => disc.Document.IsGivenUp)
                .ThenByDescending(disc => disc.Document.Gain)
                .ThenByDescending(disc => disc.Unread)
                .ThenBy(disc => disc.Document.Number, StringComparer.Ordinal)
                .Select(disc => disc.Document),
        ];
    }

    /// <returns>True where no drive can win more: all was read, and what is missing to a whole disc is broken on the disc itself (decision 13).</returns>
    private static bool IsReadOut(DiscFolder folder, DiscStatus status, IReadOnlyList<AttemptRecord> attempts) =>
        status is { VolumeFormat: not null, Ddrescue.ReadErrors: 0 } && status.Files.Perfect == status.Files.Total
        && !(attempts is [.., var last] && NextStep.IsBrokenOff(last))
        && folder.LoadListing() is not { UnreadStructureSectors: > 0 };

    private static TodoDocument Of(DiscFolder folder, DiscStatus status, IReadOnlyList<AttemptRecord> attempts, NextStep step)
    {
        // A disc without a listing, or with unread folders alone, has some files for certain.
        var missing = Math.Max(1, status.Files.Damaged + status.Files.Lost);
        return new()
        {
            Number = status.Number,
            Folder = folder.Name,
            VolumeName = status.VolumeName,
            Label = folder.LoadLabel(),
            Condition = status.Condition,
            Damaged = status.Files.Damaged,
            Lost = status.Files.Lost,
            Unverified = status.Files.Total - status.Files.Perfect - status.Files.Damaged - status.Files.Lost,
            Attempts = attempts.Count,
            Chance = Math.Round(step.Chance, 3),
            Gain = Math.Round(step.Chance * missing, 2),
            IsGivenUp = step.IsGivenUp,
            Next = step.Words,
        };
    }
}
