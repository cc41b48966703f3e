using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// The sectors of a directory, many read at once, and none behind it: a file's bad sector would cost a drive seconds, and pass for trouble with the
/// disc's folders. Serves all cursors of a disc, one at a time; where a run can't be read, each sector is read for itself.
/// </summary>
/// <param name="disc">The disc.</param>
internal sealed class DirectoryRun(DiscReader disc)
{
    private const int FirstSectors = 64;
    private const int LongestSectors = 512;

    private byte[] bytes = new byte[16 * Sector.Size];
    private ByteRange run;
    private HashSet<long>? unreadable;

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
            unreadable = null;
            if (!TryRead(sector, count))
            {
                ReadOneByOne(sector, count);
            }
        }

        return unreadable?.Contains(sector) is not true;
    }

    /// <returns>Bytes from a position on, in a sector that was loaded last, up to the end of what is at hand.</returns>
    public ReadOnlySpan<byte> From(long position) => bytes.AsSpan((int)(position - run.Start), (int)(run.End - position));

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
