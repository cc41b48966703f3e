namespace CdBackuper.Media.Sectors;

/// <summary>Sectors of another source, of which some are treated as unreadable: for demonstrations and tests.</summary>
/// <param name="inner">What is really read.</param>
/// <param name="readable">The bytes that may be read; a sector with any other byte is unreadable.</param>
public sealed class DamagedSectors(ISectorSource inner, ByteSet readable) : ISectorSource
{
    /// <inheritdoc/>
    public long SectorCount => inner.SectorCount;

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer) =>
        sector >= 0 && sector < SectorCount
        && readable.Contains(ByteRange.OfSectors(sector, buffer.Length / Sector.Size))
        && inner.TryRead(sector, buffer);
}
