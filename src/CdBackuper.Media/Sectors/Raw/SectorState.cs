namespace CdBackuper.Media.Sectors.Raw;

/// <summary>What came of reading a raw sector.</summary>
public enum SectorState
{
    /// <summary>Its check sum is right.</summary>
    Good,

    /// <summary>It was wrong, was corrected, and its check sum is now right.</summary>
    Corrected,

    /// <summary>It has a good header, and nothing but zeros where the check sum and the correction belong.</summary>
    Unchecked,

    /// <summary>Mode 2 Form 2: 2324 bytes of sound or film, which no read of 2048 bytes can give.</summary>
    Form2,

    /// <summary>
    /// Mode 0: a sector without user bytes (ECMA-130 §14.3). Or Mode 2 without a sub-mode and with nothing but zeros, in a track whose sectors have sub-modes.
    /// </summary>
    Empty,

    /// <summary>Its check sum is wrong, and stayed so.</summary>
    Bad,

    /// <summary>Its check sum is right, and its header says that it belongs elsewhere on the disc.</summary>
    Misplaced,

    /// <summary>It does not begin as a data sector, and nothing in it is right: sound, or filled in for a sector not read.</summary>
    NotData,
}
