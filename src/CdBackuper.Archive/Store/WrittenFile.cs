using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Store;

/// <summary>A file as it was written.</summary>
/// <param name="Sha256">Of all its bytes, lower-case hexadecimal.</param>
/// <param name="Undecodable">
/// Bytes that were read from the disc and can't be decoded, and that no older copy had: zeros stand for them.
/// </param>
/// <param name="ContradictedBytes">How many bytes the image and the older copy both have, and not the same; the older ones were written.</param>
internal readonly record struct WrittenFile(string Sha256, ByteSet Undecodable, long ContradictedBytes);
