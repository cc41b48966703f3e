namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A block with a descriptor, as it was read.</summary>
/// <param name="Id">Which descriptor.</param>
/// <param name="Quality">How far it can be trusted.</param>
/// <param name="Bytes">The block.</param>
/// <param name="Position">Where it was read, in bytes: the copy's place where that was used.</param>
internal sealed record TaggedBlock(TagId Id, TagQuality Quality, byte[] Bytes, long Position);
