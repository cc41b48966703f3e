using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Museum;

/// <summary>Sectors of another source; counts what is asked for and stops a reader that asks too often or for nonsense.</summary>
/// <param name="inner">What is really read.</param>
/// <param name="budget">How many sectors may be asked for, readable or not.</param>
internal sealed class CountedSectors(ISectorSource inner, long budget) : ISectorSource
{
    private const int MostAtOnce = 4 << 20;

    public long SectorCount => inner.SectorCount;

    /// <summary>Sectors that were asked for; one that was asked for twice counts twice.</summary>
    public long Asked { get; private set; }

    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (buffer.Length == 0 || buffer.Length % Sector.Size != 0 || buffer.Length > MostAtOnce)
        {
            throw new UnsoundException($"{buffer.Length} bytes were asked for at sector {sector}");
        }

        Asked += buffer.Length / Sector.Size;
        return Asked <= budget
            ? inner.TryRead(sector, buffer)
            : throw new UnsoundException($"more than {budget} sectors were asked for, of a disc of {SectorCount}");
    }
}
