using CdBackuper.Media.Sectors;

namespace CdBackuper.Linux.Drives;

/// <summary>The bounds every read is checked against.</summary>
internal static class SectorSpan
{
    /// <returns>True when all sectors of a buffer lie on a disc; false also for a negative first sector.</returns>
    /// <exception cref="ArgumentException">The buffer is empty or not a multiple of a sector: a mistake of the caller.</exception>
    internal static bool IsInside(long sector, int bufferLength, long sectorCount)
    {
        if (bufferLength == 0 || bufferLength % Sector.Size != 0)
        {
            throw new ArgumentException($"A read takes whole sectors of {Sector.Size} bytes, not {bufferLength} bytes.");
        }

        return sector >= 0 && sector <= sectorCount - (bufferLength / Sector.Size);
    }
}
