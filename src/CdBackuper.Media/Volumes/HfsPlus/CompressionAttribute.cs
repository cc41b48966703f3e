namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>Where the attribute <c>com.apple.decmpfs</c> of a file stands.</summary>
/// <param name="Offset">Its first byte in the attributes file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Type">How the content is compressed and where it lies.</param>
/// <param name="Size">Bytes of the content as it was before.</param>
internal readonly record struct CompressionAttribute(long Offset, int Length, uint Type, ulong Size);
