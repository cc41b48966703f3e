using CdBackuper.Media.Sectors;

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
public readonly record struct Extent(long Start, long Length, int ZlibLength = 0)
{
    /// <summary>The <see cref="Start"/> of a run of zeros that takes no room on the disc.</summary>
    public const long Nowhere = -1;

    /// <summary>True where the run takes room on the disc.</summary>
    public bool IsStored => Start != Nowhere;

    /// <summary>True where what the disc holds must be decoded.</summary>
    public bool IsCoded => ZlibLength > 0;

    /// <summary>The bytes of the disc that hold the run; an empty run where none do.</summary>
    public ByteRange Stored => !IsStored ? default : new(Start, IsCoded ? ZlibLength : Length);

    /// <returns>A run of whole sectors' bytes, the last one perhaps in part.</returns>
    public static Extent AtSector(long sector, long length) => new(sector * Sector.Size, length);

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
