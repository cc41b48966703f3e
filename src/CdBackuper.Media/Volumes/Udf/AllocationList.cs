namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The extents of a file as its entry describes them.</summary>
/// <param name="Extents">In file order, none of them a continuation, empty ones left out.</param>
/// <param name="IsCut">True where further ones are lost.</param>
internal readonly record struct AllocationList(List<AllocationDescriptor> Extents, bool IsCut);
