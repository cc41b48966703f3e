namespace CdBackuper.Tests.Archive.Store;

/// <summary>Where an attempt is cut off.</summary>
public enum Cut
{
    None,
    WhileFilesAreWritten,
    BeforeFilesAreMoved,
    WhileFilesAreMoved,
    BeforeTheRecord,
}
