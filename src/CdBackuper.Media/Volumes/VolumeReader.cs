using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Composition;
using CdBackuper.Media.Volumes.Hfs;
using CdBackuper.Media.Volumes.Iso9660;
using CdBackuper.Media.Volumes.Udf;

namespace CdBackuper.Media.Volumes;

/// <summary>Finds the file systems of a disc or image and reads them as far as they can be read.</summary>
public static class VolumeReader
{
    /// <summary>The kinds of file system. Each gives the volumes of its kind: none, one, or one a session or partition.</summary>
    private static readonly Func<ISectorSource, ReadingOptions, IEnumerable<IVolume>>[] Kinds =
    [
        IsoReader.FindAll,
        UdfReader.FindAll,
        HfsReader.FindAll,
    ];

    /// <param name="source">The disc or image; any of its sectors may be unreadable.</param>
    /// <param name="options">What else is known of it; null for nothing.</param>
    /// <returns>
    /// What the disc holds, its flaws listed; null when no file system is found that this reader knows. Time and memory
    /// grow linearly with the directories' size, whatever the disc says.
    /// </returns>
    public static DiscContent? Read(ISectorSource source, ReadingOptions? options = null) =>
        DiscContent.Compose(ReadAll(source, options), source);

    /// <returns>Every volume for itself: the sessions of ISO 9660 in their order, UDF, the Macintosh's.</returns>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<IVolume> ReadAll(ISectorSource source, ReadingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. Kinds.SelectMany(find => find(source, options ?? ReadingOptions.Default))];
    }
}
