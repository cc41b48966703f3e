using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Composition;
using CdBackuper.Media.Volumes.Hfs;
using CdBackuper.Media.Volumes.Iso9660;
using CdBackuper.Media.Volumes.Udf;

namespace CdBackuper.Media.Volumes;

/// <summary>Finds the file systems of a disc or image and reads them as far as they can be read.</summary>
public static class VolumeReader
{
    /// <summary>Sessions that only a search finds; each has all read anew.</summary>
    private const int FoundSessions = 16;

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
        var known = options ?? ReadingOptions.Default;
        var volumes = ReadKnown(source, known);
        var isComplete = known.IsFirstSessionOnly || known.IsDrive || known.TrackStarts.Count > 1;
        for (var count = 0; !isComplete && count < FoundSessions; count++)
        {
            if (LaterSession.Find(source, volumes) is not { } start || known.LaterSessions.Contains(start))
            {
                break;
            }

            known = known with { LaterSessions = [.. known.LaterSessions, start] };
            volumes = ReadKnown(source, known);
        }

        return isComplete || known.TrackStarts.Count > 0 ? volumes : BehindVolumes.Note(source, volumes);
    }

    /// <returns>The volumes of the sessions that are known, or that ISO 9660 leads to: the other kinds may be there too.</returns>
    private static List<IVolume> ReadKnown(ISectorSource source, ReadingOptions options)
    {
        var volumes = IsoReader.FindAll(source, options).ToList();
        if (!options.IsFirstSessionOnly)
        {
            var later = volumes.Select(volume => volume.SessionStart).Where(start => start > 0);
            options = options with { LaterSessions = [.. options.LaterSessions.Concat(later).Distinct()] };
        }

        volumes.AddRange(UdfReader.FindAll(source, options));
        volumes.AddRange(HfsReader.FindAll(source, options, [.. volumes]));
        return CompressedSides.Decode(source, volumes);
    }
}
