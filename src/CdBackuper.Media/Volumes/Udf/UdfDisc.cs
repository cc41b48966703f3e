using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A disc as UDF counts it, and the record of what was read of it for the file system's sake.</summary>
/// <param name="Reader">The disc's bytes.</param>
/// <param name="Damages">Where flaws go.</param>
/// <param name="Structures">What had to be read.</param>
/// <param name="SectorSize">
/// Bytes of a logical sector, the unit of volume descriptors: 512, 1024, 2048 or 4096 (UDF §2.2.4.2).
/// </param>
/// <param name="BlockSize">
/// Bytes of a logical block, the unit inside a partition: a multiple of the former, and in UDF the same.
/// </param>
/// <param name="BaseSector">
/// What is to be added to the disc's own sector numbers: negative where the image begins at a later session, else 0.
/// </param>
internal sealed record UdfDisc(
    DiscReader Reader,
    DamageLog Damages,
    List<ByteRange> Structures,
    int SectorSize,
    int BlockSize,
    long BaseSector)
{
    /// <summary>The place of what has none: nothing can be read there.</summary>
    public const long Nowhere = -1;

    private readonly ReadAhead ahead = new(Reader);

    /// <summary>Bytes the disc has.</summary>
    public long LengthBytes => Reader.LengthBytes;

    /// <returns>
    /// Where a logical sector begins; <see cref="Nowhere"/> where that is before the image's beginning.
    /// </returns>
    public long PositionOf(long sector)
    {
        var position = (BaseSector + sector) * SectorSize;
        return position < 0 ? Nowhere : position;
    }

    /// <summary>Reads a few sectors or blocks and notes that they were needed.</summary>
    /// <returns>Null when they can't be read.</returns>
    public byte[]? Read(long position, int length)
    {
        if (position < 0)
        {
            return null;
        }

        Note(new(position, length));
        return ahead.Read(position, length);
    }

    /// <summary>Notes that bytes are the file system's own.</summary>
    public void Note(ByteRange range)
    {
        // Entries of files lie one behind the other: kept as one run, they take no memory.
        if (Structures is [.., var last] && last.Start <= range.Start && range.Start <= last.End)
        {
            Structures[^1] = new(last.Start, Math.Max(last.End, range.End) - last.Start);
        }
        else
        {
            Structures.Add(range);
        }
    }

    /// <returns>The sector of 2048 bytes that a byte lies in; null for what lies nowhere.</returns>
    public static long? SectorOf(long position) => position < 0 ? null : position / Sector.Size;
}
