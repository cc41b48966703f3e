namespace CdBackuper.Media.Identity;

/// <summary>What one sector of a disc holds, as evidence of which disc it is.</summary>
/// <param name="Sector">Its address, absolute on the disc.</param>
/// <param name="Sha256">The SHA-256 of its 2048 bytes, lower-case hexadecimal.</param>
public readonly record struct SectorProof(long Sector, string Sha256);
