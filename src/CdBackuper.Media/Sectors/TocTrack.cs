namespace CdBackuper.Media.Sectors;

/// <summary>One track of a disc's table of contents.</summary>
/// <param name="Number">1 … 99, as on the disc.</param>
/// <param name="StartSector">Where index 1 of the track begins, as an absolute logical block address; may be 0, never a lead-out.</param>
/// <param name="IsData">True for sectors of data, false for sound (the control nibble's bit 2, ECMA-130 §22.3.1).</param>
public sealed record TocTrack(int Number, long StartSector, bool IsData);
