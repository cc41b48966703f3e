namespace CdBackuper.Jobs;

/// <summary>Where a disc is on its way. For display; never read back for control.</summary>
internal enum DiscStage
{
    Identifying,
    Waiting,
    Rescuing,
    Reading,
    Extracting,
    Verifying,
    Recording,
}
