using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>Looks at a disc's first sectors and sessions: what it calls itself, and the evidence by which it is recognised.</summary>
internal static class DiscIdentifier
{
    /// <summary>Run-out blocks and the post-gap: no session begins there, and an error there shrinks a drive's block device.</summary>
    private const long TailSectors = 152;

    /// <returns>What was seen of the disc.</returns>
    /// <exception cref="OperationCanceledException">It was ended: each read of a scratched head takes seconds.</exception>
    public static SeenDisc Identify(IDisc disc, DiscJob job, Settings settings, CancellationToken cancellationToken)
    {
        var probe = new DiscProbe(job.ReadableOf(disc), job.Drive is OpticalDrive ? TailSectors : 0, cancellationToken: cancellationToken);
        return Look(probe, disc.LengthBytes, disc.Toc?.Tracks ?? [], DiscReading.Options(disc, settings));
    }

    /// <inheritdoc cref="Identify"/>
    /// <param name="probe">The disc.</param>
    /// <param name="lengthBytes">How long the drive says it is.</param>
    /// <param name="tracks">Its table of contents; empty where there is none.</param>
    /// <param name="options">What else is known of it.</param>
    internal static SeenDisc Look(DiscProbe probe, long lengthBytes, IReadOnlyList<TocTrack> tracks, ReadingOptions options)
    {
        // Directories lie behind it on most discs, and are not needed yet.
        var head = new DamagedSectors(probe, ByteSet.Of(ByteRange.OfSectors(0, DataDomain.HeadSectors)));
        var volume = VolumeReader.Read(head, new() { IsFirstSessionOnly = true });
        var sessions = SessionSurvey.Take(probe, options.TrackStarts);
        var evidence = new DiscEvidence
        {
            Uuid = volume?.Uuid,
            VolumeName = volume?.VolumeName,
            LengthBytes = lengthBytes,
            Tracks = tracks,
            Sessions = sessions,
            Anchors = Fingerprint.TakeAnchors(probe, sessions),
        };
        return new(evidence, probe, options, volume is not null);
    }
}
