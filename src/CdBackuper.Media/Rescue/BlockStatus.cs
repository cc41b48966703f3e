namespace CdBackuper.Media.Rescue;

/// <summary>What ddrescue knows of a block, in its own words (ddrescue manual, "Mapfile structure").</summary>
public enum BlockStatus
{
    /// <summary>'?': not read yet.</summary>
    NonTried,

    /// <summary>'*': failed in a large read, its edges not yet looked for.</summary>
    NonTrimmed,

    /// <summary>'/': its edges are known, its inside was not read sector by sector.</summary>
    NonScraped,

    /// <summary>'-': every sector of it failed.</summary>
    BadSector,

    /// <summary>'+': read.</summary>
    Finished,
}
