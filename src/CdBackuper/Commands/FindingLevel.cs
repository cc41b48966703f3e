namespace CdBackuper.Commands;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    Ok,
    Warning,
    Error,
}
