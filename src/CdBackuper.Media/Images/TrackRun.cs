namespace CdBackuper.Media.Images;

/// <summary>Sectors that follow one another on the disc and in a file of the image.</summary>
/// <param name="Sector">The first one's address, absolute on the disc.</param>
/// <param name="Count">How many; the file may end earlier, then the rest is unreadable.</param>
/// <param name="File">Which file, as an index into the layout's.</param>
/// <param name="Offset">Where in the file the first one begins, in bytes.</param>
/// <param name="Stride">From one sector to the next in the file, in bytes; more than the body where sub-channels follow it.</param>
/// <param name="Body">What of each sector the file has.</param>
public sealed record TrackRun(long Sector, long Count, int File, long Offset, int Stride, SectorBody Body)
{
    /// <summary>The first sector behind the run.</summary>
    public long End => Sector + Count;
}
