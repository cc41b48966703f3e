namespace CdBackuper.Media.Sectors;

/// <summary>A half-open run of bytes: of an image, or of a file. Never negative, never past <see cref="long.MaxValue"/>.</summary>
public readonly record struct ByteRange
{
    /// <exception cref="ArgumentOutOfRangeException">A bound is negative, or the end overflows.</exception>
    public ByteRange(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, long.MaxValue - start);
        Start = start;
        Length = length;
    }

    /// <summary>The first byte.</summary>
    public long Start { get; }

    /// <summary>How many bytes; 0 for an empty run.</summary>
    public long Length { get; }

    /// <summary>The first byte that is no longer part of the run.</summary>
    public long End => Start + Length;

    /// <returns>The bytes of whole sectors <paramref name="sector"/> … <paramref name="sector"/> + <paramref name="count"/> - 1.</returns>
    public static ByteRange OfSectors(long sector, long count) => new(sector * Sector.Size, count * Sector.Size);

    /// <returns>All bytes of the sectors that have some of the run.</returns>
    public ByteRange ToWholeSectors()
    {
        var first = Start / Sector.Size;
        return Length == 0 ? default : OfSectors(first, Math.Min(Sector.Count(End), long.MaxValue / Sector.Size) - first);
    }

    /// <returns>The bytes both share; an empty run where there are none.</returns>
    public ByteRange Intersect(ByteRange other)
    {
        var start = Math.Max(Start, other.Start);
        var end = Math.Min(End, other.End);
        return end > start ? new(start, end - start) : default;
    }
}
