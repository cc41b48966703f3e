using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Reads what mostly comes in order: ahead in growing runs, a run with a bad sector one by one, and no bad sector
/// twice.
/// </summary>
internal sealed class SectorWindow(DiscReader disc)
{
    private const int FirstSectors = 16;

    private readonly HashSet<long> unreadable = [];
    private byte[] run = [];
    private ByteRange window;
    private ByteRange failed;

    /// <param name="start">The first byte, absolute on the disc.</param>
    /// <param name="buffer">What is to be filled.</param>
    /// <param name="end">The first byte that is not worth reading ahead.</param>
    /// <returns>False when a sector can't be read; the buffer's content is then undefined.</returns>
    public bool TryRead(long start, Span<byte> buffer, long end)
    {
        if (start < 0 || start > disc.LengthBytes - buffer.Length)
        {
            return false;
        }

        while (!buffer.IsEmpty)
        {
            if (!TryLoad(start / Sector.Size, Sector.Count(end)))
            {
                return false;
            }

            var part = run.AsSpan((int)(start - window.Start), (int)Math.Min(buffer.Length, window.End - start));
            part.CopyTo(buffer);
            buffer = buffer[part.Length..];
            start += part.Length;
        }

        return true;
    }

    private bool TryLoad(long sector, long endSector)
    {
        var start = sector * Sector.Size;
        if (start >= window.Start && start < window.End)
        {
            return true;
        }

        if (unreadable.Contains(sector))
        {
            return false;
        }

        var isInOrder = start == window.End && window.Length > 0;
        var ahead = isInOrder ? Math.Min(2 * window.Length / Sector.Size, DiscReader.RunSectors) : FirstSectors;
        var last = Math.Min(Math.Max(endSector, sector + 1), disc.LengthBytes / Sector.Size);
        var count = (int)Math.Clamp(last - sector, 1, Math.Max(ahead, FirstSectors));
        return (!IsInFailedRun(start) && TryRun(sector, count)) || TryRun(sector, 1);
    }

    private bool IsInFailedRun(long start) => start >= failed.Start && start < failed.End;

    private bool TryRun(long sector, int count)
    {
        if (run.Length < count * Sector.Size)
        {
            run = new byte[count * Sector.Size];
        }

        window = default;
        if (disc.TryRead(sector, run.AsSpan(0, count * Sector.Size)))
        {
            window = ByteRange.OfSectors(sector, count);
            return true;
        }

        if (count == 1)
        {
            unreadable.Add(sector);
        }
        else
        {
            failed = ByteRange.OfSectors(sector, count);
        }

        return false;
    }
}
