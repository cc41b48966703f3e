namespace CdBackuper.Media.Volumes.Composition;

/// <summary>One volume of a disc and what became of its tree.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Origin">What its entries are marked with: <c>session 1</c>, <c>UDF</c>; null for the disc's own tree.</param>
/// <param name="FilesBeside">How many files only it has; 0 for the disc's own tree, and where it agrees with that.</param>
public sealed record TreeSummary(IVolume Volume, string? Origin, int FilesBeside);
