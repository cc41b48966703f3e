namespace CdBackuper.Media.Images.Cue;

/// <summary>An INDEX line: from here on in its file, sectors belong to this index of this track.</summary>
/// <param name="Track">The track.</param>
/// <param name="Index">0 for the gap before it, 1 for its beginning.</param>
/// <param name="Frames">From the file's beginning, in sectors.</param>
/// <param name="GapBefore">Sectors of the disc just before it that are in no file (POSTGAP, PREGAP).</param>
/// <param name="Line">For messages.</param>
internal sealed record CueMark(CueTrack Track, int Index, long Frames, long GapBefore, int Line);
