using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>A file of which sectors are unread.</summary>
/// <param name="Worth">What kind of file it is.</param>
/// <param name="Holes">What of the disc it misses; whole sectors.</param>
public sealed record DamagedFile(FileWorth Worth, ByteSet Holes)
{
    /// <summary>How much it misses.</summary>
    public HoleSize Size => Holes.SectorCount switch
    {
        <= 16 => HoleSize.Tiny,
        <= 256 => HoleSize.Small,
        <= 4096 => HoleSize.Medium,
        _ => HoleSize.Large,
    };
}
