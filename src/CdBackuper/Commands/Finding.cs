namespace CdBackuper.Commands;

/// <summary>One result of <c>doctor</c>.</summary>
/// <param name="Id">Stable, such as tool.ddrescue.</param>
/// <param name="Level">ok, warning, or error: with an error the main job can't run.</param>
/// <param name="Message">What was found.</param>
/// <param name="Next">What to do; empty where nothing is to be done.</param>
internal sealed record Finding(string Id, FindingLevel Level, string Message, string Next = "");
