namespace CdBackuper.Jobs;

/// <summary>How far a disc is, for display.</summary>
/// <param name="Stage">Where it is on its way.</param>
/// <param name="Percent">How much of this stage is done, 0 to 100; null where nobody knows.</param>
/// <param name="Rate">Bytes a second, as ddrescue prints it; null outside rescuing.</param>
/// <param name="TimeLeft">As ddrescue prints it; null where nobody knows.</param>
/// <param name="BadAreas">Areas that did not read so far; null outside rescuing.</param>
/// <param name="Detail">The file or pass that is worked on; null for none.</param>
internal sealed record DiscProgress(
    DiscStage Stage,
    double? Percent = null,
    string? Rate = null,
    string? TimeLeft = null,
    int? BadAreas = null,
    string? Detail = null);
