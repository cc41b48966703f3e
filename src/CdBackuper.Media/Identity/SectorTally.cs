namespace CdBackuper.Media.Identity;

/// <summary>Sectors of a known disc that were read again from the disc in the drive.</summary>
/// <param name="Agreeing">They hold the same.</param>
/// <param name="Differing">They hold something else.</param>
/// <param name="Unreadable">They could not be read in this drive, or read differently each time.</param>
/// <param name="BehindEnd">How many of these lie behind the end of the disc in the drive: no other drive reads more of them.</param>
public readonly record struct SectorTally(int Agreeing, int Differing, int Unreadable, int BehindEnd = 0)
{
    /// <summary>How many there were to compare.</summary>
    public int Known => Agreeing + Differing + Unreadable;

    /// <summary>How many could be compared.</summary>
    public int Compared => Agreeing + Differing;

    /// <returns>The sums.</returns>
    public static SectorTally operator +(SectorTally left, SectorTally right) =>
        new(
            left.Agreeing + right.Agreeing,
            left.Differing + right.Differing,
            left.Unreadable + right.Unreadable,
            left.BehindEnd + right.BehindEnd);

    /// <inheritdoc cref="op_Addition"/>
    public SectorTally Add(SectorTally other) => this + other;
}
