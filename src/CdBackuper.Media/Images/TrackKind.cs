namespace CdBackuper.Media.Images;

/// <summary>What a track of a disc holds.</summary>
public enum TrackKind
{
    /// <summary>Sound: 588 samples of two channels a sector, without any check.</summary>
    Sound,

    /// <summary>Data of Mode 1 (ECMA-130 §14.3).</summary>
    Mode1,

    /// <summary>Data of Mode 2, with or without sub-headers (CD-ROM XA).</summary>
    Mode2,
}
