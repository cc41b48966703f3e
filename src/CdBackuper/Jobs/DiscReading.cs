using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>What the volume reader is told of a disc beside its sectors.</summary>
internal static class DiscReading
{
    public static ReadingOptions Options(IDisc disc, Settings settings) => new()
    {
        TrackStarts = disc.Toc is { } toc ? [.. toc.Tracks.Where(track => track.IsData).Select(track => track.StartSector)] : [],
        NameEncoding = settings.NameEncoding,
    };
}
