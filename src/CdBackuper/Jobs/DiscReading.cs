using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>What the volume reader is told of a disc beside its sectors.</summary>
internal static class DiscReading
{
    /// <returns>The options of a disc in its drive.</returns>
    public static ReadingOptions Options(IDisc disc, Settings settings) => new()
    {
        IsDrive = true,
        TrackStarts = disc.Toc is { } toc ? [.. toc.Tracks.Where(track => track.IsData).Select(track => track.StartSector)] : [],
        LaterSessions = disc.Toc?.LastSessionStart is { } last ? [last] : [],
        NameEncoding = settings.NameEncoding,
    };

    /// <returns>The options of an image of the disc, of which each sector is there or is known not to be.</returns>
    public static ReadingOptions OptionsOfImage(IDisc disc, Settings settings) => Options(disc, settings) with { IsDrive = false };
}
