using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>One block line of a mapfile.</summary>
/// <param name="Range">The bytes of the image it speaks of.</param>
/// <param name="Status">What is known of them.</param>
public readonly record struct RescueBlock(ByteRange Range, BlockStatus Status);
