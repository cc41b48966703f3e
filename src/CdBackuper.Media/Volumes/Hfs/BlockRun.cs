namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// An extent descriptor: allocation blocks that follow each other (Inside Macintosh: Files, 2-75; TN1150, "Extents").
/// </summary>
/// <param name="Start">The first block.</param>
/// <param name="Count">How many; 0 for a descriptor that is not used.</param>
internal readonly record struct BlockRun(uint Start, uint Count);
