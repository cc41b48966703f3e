using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Remembers which sectors were asked for.</summary>
internal sealed class CountedSectors(ISectorSource inner) : ISectorSource
{
    public List<long> Reads { get; } = [];

    /// <summary>How many reads of more than one sector failed.</summary>
    public int FailedRuns { get; private set; }

    public long SectorCount => inner.SectorCount;

    public bool TryRead(long sector, Span<byte> buffer)
    {
        Reads.Add(sector);
        var isRead = inner.TryRead(sector, buffer);
        FailedRuns += isRead || buffer.Length == Sector.Size ? 0 : 1;
        return isRead;
    }
}
