namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>What kind of partition a made disc has.</summary>
internal enum UdfLayout
{
    Plain,
    Virtual,
    Sparable,
    Metadata,
}
