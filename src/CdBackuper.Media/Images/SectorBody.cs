namespace CdBackuper.Media.Images;

/// <summary>How much of a sector an image keeps.</summary>
public enum SectorBody
{
    /// <summary>2352 bytes of sound.</summary>
    Sound,

    /// <summary>2352 bytes from the sync on.</summary>
    Whole,

    /// <summary>2336 bytes of Mode 2 from the sub-header on.</summary>
    FromSubHeader,

    /// <summary>2048 user bytes of Mode 1 or Mode 2 Form 1, without any check.</summary>
    User,

    /// <summary>2324 user bytes of Mode 2 Form 2, with or without what stands around them.</summary>
    Form2,
}
