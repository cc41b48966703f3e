namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>A part of a track: of a file, or silence and zeros that are in none.</summary>
/// <param name="File">The file's name; null for none.</param>
/// <param name="Offset">Where it begins in the file, in bytes.</param>
/// <param name="Length">In bytes of the file; null for all that is left of it.</param>
/// <param name="Line">For messages.</param>
internal sealed record TocPart(string? File, long Offset, long? Length, int Line);
