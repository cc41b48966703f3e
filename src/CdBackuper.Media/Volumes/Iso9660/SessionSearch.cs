using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Finds where the sessions of a disc begin: by its table of contents, else by looking behind the end of each session's
/// volume. Reads a bounded number of sectors, and none where nothing follows.
/// </summary>
internal sealed class SessionSearch(DiscReader disc)
{
    /// <summary>
    /// Where xorriso puts the first session of an overwritable medium. The descriptors at sector 16 are those of the last
    /// one there, written anew each time, so that readers without sessions find it.
    /// </summary>
    private const long GrownStart = 32;

    /// <summary>
    /// Sectors between the end of a session's track and the next session's start: lead-out, lead-in and pre-gap, behind the
    /// first session and behind later ones (ECMA-394 §20; "Orange Book" part II). None on media without such gaps.
    /// </summary>
    private static readonly int[] Gaps = [0, 11_400, 6_900];

    /// <returns>The sessions' first sectors, oldest first; one at least. Which of them hold a volume remains to be seen.</returns>
    public IEnumerable<long> Find(ReadingOptions options)
    {
        // An overwritable disc has one track only, a file none: both may have grown. More tracks say all there is to say.
        var tracks = options.TrackStarts.Where(start => start >= 0).Distinct().Order().Take(IsoLimits.Sessions).ToList();
        return tracks.Count > 1 ? tracks : Follow(tracks is [var only] ? only : 0);
    }

    private IEnumerable<long> Follow(long first)
    {
        var top = Probe(first);
        var isGrown = first == 0
            && ProbeAbsolute(GrownStart + DescriptorSet.FirstSector) is { } copy
            && !copy.IsSameTree(top);
        var start = isGrown ? GrownStart : first;
        var isTopSeen = !isGrown;
        for (var count = 0; count < IsoLimits.Sessions; count++)
        {
            yield return start;
            if (Probe(start) is not { } volume)
            {
                break;
            }

            isTopSeen |= volume.IsSameTree(top);
            if (FindNext(start, volume) is not { } next)
            {
                break;
            }

            start = next;
        }

        // The newest session's own descriptors are lost, or lie where they were not looked for.
        if (!isTopSeen && top is not null)
        {
            yield return first;
        }
    }

    private long? FindNext(long start, VolumeDescriptor volume)
    {
        // A volume's length counts from its session's start, but some writers count from the disc's.
        var length = Sector.Count(volume.LengthBytes);
        var behindDescriptors = start + DescriptorSet.FirstSector + 1;
        foreach (var end in new[] { start + length, length }.Where(end => end > behindDescriptors || end == start + length).Distinct())
        {
            foreach (var gap in Gaps)
            {
                if (FindIn(Math.Max(end, behindDescriptors) + gap, volume) is { } sector)
                {
                    return sector - DescriptorSet.FirstSector;
                }
            }
        }

        return null;
    }

    /// <returns>The first sector of a window that holds a volume descriptor of another tree; null where none does.</returns>
    private long? FindIn(long first, VolumeDescriptor previous)
    {
        var end = Math.Min(first + IsoLimits.SessionWindowSectors, disc.LengthBytes / Sector.Size);
        var buffer = new byte[IsoLimits.SessionRunSectors * Sector.Size];
        var unreadable = 0;
        for (var sector = first; sector < end && unreadable <= IsoLimits.UnreadableSessionSectors;)
        {
            var count = (int)Math.Min(IsoLimits.SessionRunSectors, end - sector);
            var isRead = disc.TryRead(sector, buffer.AsSpan(0, count * Sector.Size));
            for (var index = 0; index < count && unreadable <= IsoLimits.UnreadableSessionSectors; index++)
            {
                ReadOnlySpan<byte> bytes = isRead ? buffer.AsSpan(index * Sector.Size, Sector.Size) : disc.ReadSector(sector + index);
                unreadable += bytes.IsEmpty ? 1 : 0;
                if (VolumeDescriptor.IsPrimary(bytes) && ProbeAbsolute(sector + index) is { } found && !found.IsSameTree(previous))
                {
                    return sector + index;
                }
            }

            sector += count;
        }

        return null;
    }

    private VolumeDescriptor? Probe(long start) => ProbeAt(start + DescriptorSet.FirstSector);

    private VolumeDescriptor? ProbeAt(long sector) =>
        disc.ReadSector(sector) is { } bytes && VolumeDescriptor.IsPrimary(bytes) ? new(bytes, sector) : null;

    /// <returns>
    /// A descriptor whose root lies behind it and says of itself that it lies there: not that of an image which the disc holds
    /// as a file, since its numbers count from the file's start.
    /// </returns>
    private VolumeDescriptor? ProbeAbsolute(long sector) =>
        ProbeAt(sector) is { Root: { } root } descriptor
        && root.Start / Sector.Size > sector
        && disc.ReadSector(root.Start / Sector.Size) is { } bytes
        && DirectoryRecord.TryRead(bytes.AsSpan((int)(root.Start % Sector.Size)), isHighSierra: false, out var self)
        && self.IsSelf
        && self.DataStart(descriptor.BlockSize) == root.Start
            ? descriptor
            : null;
}
