namespace CdBackuper.Media.Images.Cue;

/// <summary>A TRACK line.</summary>
/// <param name="Number">1 … 99.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Body">What of each sector the file has.</param>
/// <param name="Stride">Bytes of a sector in the file.</param>
/// <param name="Session">1 for the first; REM SESSION tells.</param>
/// <param name="Line">For messages.</param>
internal sealed record CueTrack(int Number, TrackKind Kind, SectorBody Body, int Stride, int Session, int Line);
