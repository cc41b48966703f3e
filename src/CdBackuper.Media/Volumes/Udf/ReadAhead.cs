using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Reads blocks one by one, and where they follow one another, as the entries of a folder's files do, many at once.
/// </summary>
internal sealed class ReadAhead(DiscReader disc)
{
    private const int RunSectors = 32;

    private readonly byte[] run = new byte[RunSectors * Sector.Size];
    private long runStart;
    private int runLength;
    private long singleEnd;
    private long next = -1;

    /// <returns>A copy of the bytes; null when they can't be read.</returns>
    public byte[]? Read(long position, int length)
    {
        if (!IsInRun(position, length) && position == next && position % Sector.Size == 0 && position >= singleEnd)
        {
            // Not past the disc's end; and where a sector of the run is bad, each is read for itself, when it is
            // needed.
            var count = (int)Math.Min(RunSectors, (disc.LengthBytes - position) / Sector.Size) * Sector.Size;
            var isRead = count >= length && disc.TryRead(position / Sector.Size, run.AsSpan(0, count));
            (runStart, runLength) = (position, isRead ? count : 0);
            singleEnd = isRead ? 0 : position + count;
        }

        next = position + length;
        return IsInRun(position, length)
            ? run.AsSpan((int)(position - runStart), length).ToArray()
            : disc.ReadBytes(new(position, length));
    }

    private bool IsInRun(long position, int length) => position >= runStart && position + length <= runStart + runLength;
}
