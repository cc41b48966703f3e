using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes;

/// <summary>Who owns which bytes of a volume.</summary>
public static class VolumeSpace
{
    /// <returns>The bytes of the disc that hold content of files and streams, each once however many files share it.</returns>
    public static ByteSet ContentOf(IVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return ByteSet.Of(RunsOf(volume));
    }

    /// <returns>Where the volume and its files end, in bytes from the disc's start: files may lie behind what it says of its length.</returns>
    internal static long EndOf(IVolume volume) => RunsOf(volume).Select(run => run.End).Append(volume.LengthBytes).Max();

    /// <returns>True where a file begins at a sector and has more than so many bytes there: what looks like a file system is an image of one.</returns>
    internal static bool HasFileAt(IVolume volume, long sector, long moreThanBytes) => volume.Entries.Any(entry =>
        entry.Extents is [var first, ..] && first.Start == sector * Sector.Size && first.Length > moreThanBytes);

    /// <returns>Where files and streams lie, run for run: one that several share comes several times.</returns>
    internal static IEnumerable<ByteRange> RunsOf(IVolume volume)
    {
        foreach (var entry in volume.Entries)
        {
            // Of 100,000 files an enumerator for each would be felt.
            for (var index = 0; index < (entry.Extents?.Count ?? 0); index++)
            {
                yield return entry.Extents![index].Stored;
            }
        }
    }

    /// <returns>
    /// The bytes from the session's start to the volume's end that neither content nor the file system itself needs: free
    /// space, padding, the unused ends of sectors, and what belongs to files whose names are lost.
    /// </returns>
    public static ByteSet UnownedOf(IVolume volume)
    {
        var start = volume.SessionStart * Sector.Size;
        var all = ByteSet.Of(new ByteRange(start, Math.Max(0, volume.LengthBytes - start)));
        return all.Except(ContentOf(volume)).Except(volume.Structures);
    }
}
