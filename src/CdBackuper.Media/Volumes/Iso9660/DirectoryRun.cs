using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// The sectors of directories, many read at once: of a large directory, and of small ones that follow one another, as writers lay them. Serves all
/// cursors of a disc, one at a time; where a run can't be read, each sector is read for itself.
/// </summary>
/// <param name="disc">The disc.</param>
internal sealed class DirectoryRun(DiscReader disc)
{
    private const int LongestSectors = 512;

    /// <summary>Read where one directory begins behind the one before: on most discs others follow.</summary>
    private const int AheadSectors = 64;

    private byte[] bytes = new byte[AheadSectors * Sector.Size];
    private ByteRange run;
    private HashSet<long>? unreadable;
    private long next = -1;
    private long singleEnd;

    /// <summary>Sees to it that a sector is at hand.</summary>
    /// <param name="sector">A directory's.</param>
    /// <param name="end">The sector behind the directory's last one.</param>
    /// <returns>False when it can't be read.</returns>
    public bool TryLoad(long sector, long end)
    {
        var start = sector * Sector.Size;
        if (start < run.Start || start >= run.End)
        {
            var count = (int)Math.Clamp(end - sector, 1, LongestSectors);
            if (sector != next || !TryReadAhead(sector, count))
            {
                unreadable = null;
                if (!TryRead(sector, count))
                {
                    ReadOneByOne(sector, count);
                }
            }
        }

        next = Math.Max(end, sector + 1);
        return unreadable?.Contains(sector) is not true;
    }

    /// <returns>Bytes from a position on, in a sector that was loaded last, up to the end of what is at hand.</returns>
    public ReadOnlySpan<byte> From(long position) => bytes.AsSpan((int)(position - run.Start), (int)(run.End - position));

    private bool TryReadAhead(long sector, int count)
    {
        // Not past the disc's end; and where a sector of the run is bad, each directory is read for itself.
        var ahead = (int)Math.Min(AheadSectors, (disc.LengthBytes / Sector.Size) - sector);
        if (ahead <= count || sector < singleEnd)
        {
            return false;
        }

        if (!TryRead(sector, ahead))
        {
            singleEnd = sector + ahead;
            return false;
        }

        unreadable = null;
        return true;
    }

    private bool TryRead(long sector, int count)
    {
        run = ByteRange.OfSectors(sector, count);
        if (bytes.Length < run.Length)
        {
            bytes = GC.AllocateUninitializedArray<byte>(LongestSectors * Sector.Size);
        }

        return disc.TryRead(sector, bytes.AsSpan(0, count * Sector.Size));
    }

    private void ReadOneByOne(long sector, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (!disc.TryRead(sector + index, bytes.AsSpan(index * Sector.Size, Sector.Size)))
            {
                (unreadable ??= []).Add(sector + index);
            }
        }
    }
}
