namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>What a root says of the system use areas of its tree.</summary>
/// <param name="Skip">How many bytes to skip in each (SUSP §5.3 LEN_SKP).</param>
/// <param name="Extensions">Of each extension, in the order of its ER entries (SUSP §5.5), whether it is Rock Ridge.</param>
internal sealed record SystemUseMark(int Skip, IReadOnlyList<bool> Extensions);
