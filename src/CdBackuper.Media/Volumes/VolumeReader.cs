using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes;

/// <summary>Finds the file system of a disc or image and reads it as far as it can be read.</summary>
public static class VolumeReader
{
    /// <summary>The kinds of file system, the richer first. Each gives null where there is none of its kind.</summary>
    private static readonly Func<ISectorSource, IVolume?>[] Kinds = [source => IsoReader.Read(source)];

    /// <param name="source">The disc or image; any of its sectors may be unreadable.</param>
    /// <returns>
    /// The volume with everything that could be read of it, its flaws listed; null when no file system is found that
    /// this reader knows. Time and memory grow linearly with the directories' size, whatever the disc says.
    /// </returns>
    public static IVolume? Read(ISectorSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Kinds.Select(read => read(source)).FirstOrDefault(volume => volume is not null);
    }
}
