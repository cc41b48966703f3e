using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>A file of which sectors are unread.</summary>
/// <param name="Worth">What kind of file it is.</param>
/// <param name="Holes">What of the disc it misses; whole sectors.</param>
public sealed record DamagedFile(FileWorth Worth, ByteSet Holes)
{
    /// <summary>How many reads may fail before all of it was tried sector by sector.</summary>
    public long Cost { get; init; } = Holes.SectorCount;

    /// <summary>True where each hole goes on in what lies before or behind the file, and is no longer than a large read.</summary>
    public bool IsShared { get; init; }

    /// <summary>How much of a drive's time it may cost.</summary>
    public HoleSize Size => IsShared ? HoleSize.Shared : Cost switch
    {
        <= 4 => HoleSize.Tiny,
        <= 32 => HoleSize.Small,
        <= 256 => HoleSize.Medium,
        _ => HoleSize.Large,
    };
}
