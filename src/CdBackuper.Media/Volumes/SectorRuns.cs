using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes;

/// <summary>Reads sector after sector for a search: many at once, and one by one where not all of them can be read.</summary>
/// <param name="disc">The disc.</param>
/// <param name="end">The sector behind the last one that is asked for.</param>
internal sealed class SectorRuns(DiscReader disc, long end)
{
    private const int Sectors = 64;

    private readonly byte[] buffer = new byte[Sectors * Sector.Size];
    private long first = -Sectors;
    private bool isRead;

    /// <param name="sector">Before the end; mostly the one behind that of the call before.</param>
    /// <returns>Its bytes, until the next call; empty where it can't be read.</returns>
    public ReadOnlySpan<byte> Read(long sector)
    {
        if (sector < first || sector >= first + Sectors)
        {
            first = sector;
            isRead = disc.TryRead(first, buffer.AsSpan(0, (int)Math.Min(Sectors, end - first) * Sector.Size));
        }

        return isRead ? buffer.AsSpan((int)(sector - first) * Sector.Size, Sector.Size) : disc.ReadSector(sector);
    }
}
