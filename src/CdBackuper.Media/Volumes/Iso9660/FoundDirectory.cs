using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>A directory as its parent tells of it.</summary>
/// <param name="Facts">What its record says.</param>
/// <param name="Extent">Where it lies by its record.</param>
/// <param name="SectorNumber">Where the record lies.</param>
internal readonly record struct FoundDirectory(EntryFacts Facts, ByteRange Extent, long SectorNumber);
