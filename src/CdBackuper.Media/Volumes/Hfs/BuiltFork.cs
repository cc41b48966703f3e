namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>A fork of a file, ready to be listed.</summary>
/// <param name="Size">Its bytes; never more than the volume says it has.</param>
/// <param name="Extents">Where it lies, in order; null when no part of it has a known place.</param>
/// <param name="IsPartial">True when the place of some of it is not known, or its record claims the impossible.</param>
internal readonly record struct BuiltFork(long Size, Extent[]? Extents, bool IsPartial);
