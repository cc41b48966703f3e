using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>
/// The disc in the drive while it is identified: what was read is remembered, good or bad, and only so many bad reads are
/// made, since each costs seconds. Not thread-safe.
/// </summary>
/// <param name="disc">The disc.</param>
/// <param name="tailSectors">
/// How many sectors at its end are left alone, as if they could not be read: they may be run-out blocks, and an error there shrinks
/// a drive's block device.
/// </param>
/// <param name="maxBadReads">So many bad reads are made.</param>
/// <param name="cancellationToken">Ends it between two reads, with an exception.</param>
public sealed class DiscProbe(
    ISectorSource disc, long tailSectors = 0, int maxBadReads = DiscProbe.MaxBadReads, CancellationToken cancellationToken = default) : ISectorSource
{
    /// <summary>More would take longer than the answer is worth: some ten minutes in a slow drive.</summary>
    public const int MaxBadReads = 96;

    /// <summary>The head of the disc, and the samples of eight others.</summary>
    private const int MaxCached = 4096;

    private readonly Dictionary<long, byte[]?> cache = [];

    /// <inheritdoc/>
    public long SectorCount => disc.SectorCount;

    /// <summary>How many reads failed.</summary>
    public int BadReads { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer)
    {
        for (var index = 0; index * Sector.Size < buffer.Length; index++)
        {
            if (ReadSector(sector + index) is not { } bytes)
            {
                return false;
            }

            bytes.CopyTo(buffer[(index * Sector.Size)..]);
        }

        return true;
    }

    /// <summary>Reads a sector once more, past what is remembered.</summary>
    /// <returns>False where it can't be read.</returns>
    public bool TryReadAgain(long sector, Span<byte> buffer) => disc.TryRead(sector, buffer);

    private byte[]? ReadSector(long sector)
    {
        if (sector < 0 || sector >= SectorCount - tailSectors)
        {
            return null;
        }

        if (cache.TryGetValue(sector, out var known))
        {
            return known;
        }

        if (BadReads >= maxBadReads)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();

        if (cache.Count >= MaxCached)
        {
            cache.Clear();
        }

        var bytes = new byte[Sector.Size];
        if (!disc.TryRead(sector, bytes))
        {
            BadReads++;
            bytes = null;
        }

        return cache[sector] = bytes;
    }
}
