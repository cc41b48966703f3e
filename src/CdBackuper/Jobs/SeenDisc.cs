using CdBackuper.Media.Identity;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>The disc in the drive, as far as it was looked at.</summary>
/// <param name="Evidence">By what it is recognised.</param>
/// <param name="Probe">The disc, with what was read of it while it was looked at.</param>
/// <param name="Options">What else is known of it, for reading its file systems.</param>
/// <param name="HasVolume">True when a file system's descriptors were read.</param>
internal sealed record SeenDisc(DiscEvidence Evidence, DiscProbe Probe, ReadingOptions Options, bool HasVolume);
