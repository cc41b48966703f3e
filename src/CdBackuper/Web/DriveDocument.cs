using CdBackuper.Drives;
using CdBackuper.Jobs;

namespace CdBackuper.Web;

/// <summary>A drive as /api/drives tells it: a contract with other programs (docs/operations.md). Fields are added, never changed.</summary>
internal sealed record DriveDocument
{
    public required string Node { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Firmware { get; init; }

    public string? Serial { get; init; }

    public required DriveCondition Condition { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>For how many seconds an answer of the drive has been waited for; 0 while none is.</summary>
    public required double SilentSeconds { get; init; }

    public string? Trouble { get; init; }

    public WorkLine? Work { get; init; }

    public LastLine? Last { get; init; }

    public static DriveDocument Of(DriveCard card, string node) => new()
    {
        Node = node,
        Name = card.Name,
        Path = card.Path,
        Vendor = card.Model.Vendor,
        Model = card.Model.Product,
        Firmware = card.Model.Firmware,
        Serial = card.Model.Serial,
        Condition = card.Condition,
        Since = card.Since,
        SilentSeconds = Math.Round(card.Silence.TotalSeconds, 1),
        Trouble = card.Trouble,
        Work = card.Progress is { } work ? new(work.Stage, work.Percent, work.Rate, work.TimeLeft, work.BadAreas, work.Detail) : null,
        Last = card is { Last: { } last, LastEnded: { } ended } ? new(last.End, last.Message, last.Next, last.Folder?.Name, ended) : null,
    };

    /// <param name="Stage">Where the disc in work is on its way.</param>
    /// <param name="Percent">How much of this stage is done; null where nobody knows.</param>
    /// <param name="Rate">As ddrescue prints it; null outside rescuing.</param>
    /// <param name="TimeLeft">As ddrescue prints it; null where nobody knows.</param>
    /// <param name="BadAreas">Areas that did not read so far; null outside rescuing.</param>
    /// <param name="Detail">The file or pass that is worked on; null for none.</param>
    internal sealed record WorkLine(DiscStage Stage, double? Percent, string? Rate, string? TimeLeft, int? BadAreas, string? Detail);

    /// <param name="Outcome">How the last disc ended.</param>
    /// <param name="Message">What happened, for people.</param>
    /// <param name="Next">What to do, for people.</param>
    /// <param name="Folder">The disc's folder; null where it had none.</param>
    /// <param name="Ended">When.</param>
    internal sealed record LastLine(DiscEnd Outcome, string Message, string Next, string? Folder, DateTimeOffset Ended);
}
