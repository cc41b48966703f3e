using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Where a volume should lie.</summary>
/// <param name="Start">Its first byte, absolute on the disc.</param>
/// <param name="End">The first byte behind it; null where nothing tells.</param>
/// <param name="SessionStart">The first sector of its session.</param>
/// <param name="Structures">What had to be read to find it.</param>
internal sealed record VolumePlace(long Start, long? End, long SessionStart, IReadOnlyList<ByteRange> Structures);
