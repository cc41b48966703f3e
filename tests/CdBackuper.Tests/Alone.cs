namespace CdBackuper.Tests;

/// <summary>For tests that measure the process itself: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
