using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Images;

/// <summary>A track as an image has it.</summary>
/// <param name="Number">1 … 99.</param>
/// <param name="Session">1 for the first.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Where index 1 begins, absolute on the disc; the gap before it is nobody's.</param>
/// <param name="End">The first sector behind it.</param>
/// <param name="Runs">
/// Where the image keeps the sectors from <paramref name="Start"/> on, in order; empty where it keeps none (silence, zeros).
/// </param>
public sealed record ImageTrack(
    int Number, int Session, TrackKind Kind, long Start, long End, IReadOnlyList<TrackRun> Runs)
{
    /// <summary>True for tracks that may hold a file system.</summary>
    public bool IsData => Kind != TrackKind.Sound;

    /// <summary>As the disc's table of contents has it.</summary>
    internal TocTrack ToToc() => new(Number, Start, IsData);
}
