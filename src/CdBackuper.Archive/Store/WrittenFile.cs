using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Store;

/// <summary>A file as it was written.</summary>
/// <param name="Sha256">Of all its bytes, lower-case hexadecimal.</param>
/// <param name="Undecodable">
/// Bytes that were read from the disc and can't be decoded, and that no older copy had: zeros stand for them.
/// </param>
internal readonly record struct WrittenFile(string Sha256, ByteSet Undecodable);
