using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>Looks at a disc's first sectors: what it calls itself, and the evidence by which it is recognised.</summary>
internal static class DiscIdentifier
{
    /// <summary>How far into the disc identification reads. Directories lie behind it on most discs, and are not needed yet.</summary>
    private const long HeadSectors = 300;

    public static SeenDisc Identify(IDisc disc, DiscJob job)
    {
        var readable = job.ReadableOf(disc);
        var head = new DamagedSectors(readable, ByteSet.Of(ByteRange.OfSectors(0, HeadSectors)));
        var volume = VolumeReader.Read(head, new() { IsFirstSessionOnly = true });
        var evidence = new DiscEvidence
        {
            Uuid = volume?.Uuid,
            VolumeName = volume?.VolumeName,
            LengthBytes = disc.LengthBytes,
            Anchors = Fingerprint.TakeAnchors(readable),
        };
        return new(evidence, volume is not null);
    }
}
