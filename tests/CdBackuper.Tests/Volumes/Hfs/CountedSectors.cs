using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Remembers which sectors were asked for.</summary>
internal sealed class CountedSectors(ISectorSource inner) : ISectorSource
{
    public List<long> Reads { get; } = [];

    public long SectorCount => inner.SectorCount;

    public bool TryRead(long sector, Span<byte> buffer)
    {
        Reads.Add(sector);
        return inner.TryRead(sector, buffer);
    }
}
