namespace CdBackuper.Media.Rescue;

/// <summary>How much a damaged file misses. Files of one size are read in one pass, in the order of the disc.</summary>
public enum HoleSize
{
    /// <summary>At most 16 sectors: some seconds to a minute of a drive's time.</summary>
    Tiny,

    /// <summary>At most 256 sectors.</summary>
    Small,

    /// <summary>At most 4096 sectors.</summary>
    Medium,

    /// <summary>More.</summary>
    Large,
}
