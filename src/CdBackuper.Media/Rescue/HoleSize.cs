namespace CdBackuper.Media.Rescue;

/// <summary>How much of a drive's time a damaged file may cost. Files of one size are read in one pass, in the order of the disc.</summary>
public enum HoleSize
{
    /// <summary>
    /// Only what failed in one large read with a neighbour's sectors, at the file's beginning or end: mostly the neighbour is
    /// the one that is hurt, and this file is whole after one look.
    /// </summary>
    Shared,

    /// <summary>At most 4 reads that fail: some seconds.</summary>
    Tiny,

    /// <summary>At most 32.</summary>
    Small,

    /// <summary>At most 256: many minutes.</summary>
    Medium,

    /// <summary>More.</summary>
    Large,
}
