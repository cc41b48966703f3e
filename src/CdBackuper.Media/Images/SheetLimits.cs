namespace CdBackuper.Media.Images;

/// <summary>Bounds of image descriptions that no real one meets.</summary>
public static class SheetLimits
{
    /// <summary>The longest sheet, in bytes: 99 tracks with texts in eight languages have a tenth of it.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The longest line, in characters.</summary>
    internal const int MaxLine = 4096;

    /// <summary>Tracks of a disc (ECMA-130 §22.3.3).</summary>
    internal const int MaxTrack = 99;

    /// <summary>Indexes of a track (ECMA-130 §22.3.3.2).</summary>
    internal const int MaxIndex = 99;

    /// <summary>Files or parts of files that one sheet joins: 99 tracks of 99 parts.</summary>
    internal const int MaxParts = 9801;

    /// <summary>
    /// Sectors of a disc: more than two layers of a Blu-ray disc, since Nero keeps those in the same format. Small
    /// enough for every sum of them in bytes.
    /// </summary>
    internal const long MaxSectors = 1L << 26;

    /// <summary>
    /// Sectors that a sheet may describe and its files not have: those of a CD of which all is cut off. A sheet of one line
    /// would else make work for hours.
    /// </summary>
    internal const long MaxMissing = 450_000;

    /// <summary>The table at the end of a Nero image, in bytes.</summary>
    internal const int MaxNeroTable = 1 << 20;
}
