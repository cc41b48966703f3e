namespace CdBackuper.Archive.Format;

/// <summary>How many files a disc has, by condition.</summary>
/// <param name="Total">All.</param>
/// <param name="Perfect">Those of which every byte was read.</param>
/// <param name="Damaged">Those of which some bytes are missing.</param>
/// <param name="Lost">Those of which no byte was read, or only the name is known.</param>
/// <param name="Bytes">The length of all together, as their volume says it.</param>
public sealed record FileCounts(int Total, int Perfect, int Damaged, int Lost, long Bytes);
