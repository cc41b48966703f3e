using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// A run of a file's bytes and where it lies on the disc. In bytes, since file systems with blocks smaller than a sector,
/// and UDF files embedded in their own entry (ECMA-167 4/14.6.8), begin anywhere.
/// </summary>
/// <param name="Start">The first byte, absolute on the disc; <see cref="Nowhere"/> where nothing is stored (a sparse run of zeros).</param>
/// <param name="Length">How many bytes of the file it holds.</param>
/// <param name="ZlibLength">
/// Where it is more than 0, the disc holds the run as one zlib stream (RFC 1950) of so many bytes, which decodes to
/// <paramref name="Length"/> bytes (a block of zisofs). The bytes are then of use together or not at all.
/// </param>
/// <param name="IsForm2">
/// True where each sector holds 2324 bytes of the run (Mode 2 Form 2): it begins with a sector, and takes sectors to their end.
/// </param>
public readonly record struct Extent(long Start, long Length, int ZlibLength = 0, bool IsForm2 = false)
{
    /// <summary>The <see cref="Start"/> of a run of zeros that takes no room on the disc.</summary>
    public const long Nowhere = -1;

    /// <summary>True where the run takes room on the disc.</summary>
    public bool IsStored => Start != Nowhere;

    /// <summary>True where what the disc holds must be decoded.</summary>
    public bool IsCoded => ZlibLength > 0;

    /// <summary>The bytes of the disc that hold the run; an empty run where none do.</summary>
    public ByteRange Stored => !IsStored ? default
        : IsForm2 ? new(Start, (Length + RawSector.Form2Size - 1) / RawSector.Form2Size * Sector.Size)
        : new(Start, IsCoded ? ZlibLength : Length);

    /// <returns>A run of whole sectors' bytes, the last one perhaps in part.</returns>
    public static Extent AtSector(long sector, long length) => new(sector * Sector.Size, length);

    /// <returns>A run of whole sectors of Mode 2 Form 2.</returns>
    public static Extent OfForm2(long sector, long count) =>
        new(sector * Sector.Size, count * RawSector.Form2Size, IsForm2: true);

    /// <param name="gap">Bytes of the disc, inside <see cref="Stored"/>.</param>
    /// <returns>The bytes of the run that they hold, from its own beginning on: of what must be decoded or is Form 2 more than they are.</returns>
    public ByteRange HeldBy(ByteRange gap)
    {
        if (IsCoded)
        {
            // What is stored as one zlib stream can't be decoded when any byte of it is missing.
            return new(0, Length);
        }

        if (!IsForm2)
        {
            return new(gap.Start - Start, gap.Length);
        }

        var first = (gap.Start - Start) / Sector.Size * RawSector.Form2Size;
        var end = Math.Min(Length, Sector.Count(gap.End - Start) * RawSector.Form2Size);
        return new(first, end - first);
    }

    /// <returns>How many bytes of the file all runs hold.</returns>
    public static long TotalLength(IReadOnlyList<Extent> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var length = 0L;
        for (var index = 0; index < runs.Count; index++)
        {
            length += runs[index].Length;
        }

        return length;
    }
}
