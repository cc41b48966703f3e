namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A run of a file's bytes.</summary>
/// <param name="Position">
/// The first byte, absolute on the disc; <see cref="UdfDisc.Nowhere"/> where none is recorded, or none can be found.
/// </param>
/// <param name="Length">Bytes, more than 0.</param>
/// <param name="Place">
/// Its first block, where a copy may be known of; null for bytes that stand within their entry.
/// </param>
/// <param name="IsHole">True where no bytes are recorded and zeros are meant.</param>
internal readonly record struct ContentRun(long Position, long Length, BlockAddress? Place, bool IsHole = false);
