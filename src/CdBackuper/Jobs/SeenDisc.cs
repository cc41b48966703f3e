using CdBackuper.Media.Identity;

namespace CdBackuper.Jobs;

/// <summary>The disc in the drive, as far as it was looked at.</summary>
/// <param name="Evidence">By what it is recognised.</param>
/// <param name="HasVolume">True when a file system's descriptors were read.</param>
internal sealed record SeenDisc(DiscEvidence Evidence, bool HasVolume);
