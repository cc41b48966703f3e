using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Finds where the sessions of a disc begin: by its table of contents, else by looking behind the end of each session's
/// volume. Reads a bounded number of sectors, and none where nothing follows.
/// </summary>
/// <param name="disc">The disc.</param>
internal sealed class SessionSearch(DiscReader disc)
{
    /// <summary>Descriptors and the root directory that mostly follows on them.</summary>
    private const int HeadSectors = 32;

    /// <summary>
    /// Sectors between the end of a session's track and the next session's start: lead-out, lead-in and pre-gap, behind the
    /// first session and behind later ones (ECMA-394 §20; "Orange Book" part II). None on media without such gaps.
    /// </summary>
    private static readonly int[] Gaps = [0, 11_400, 6_900];

    private readonly SessionHead heads = new(disc);

    /// <summary>The head of the session that was found last, where its first descriptor is lost; null where it is not.</summary>
    private ByteRange? lostHead;

    /// <summary>What can't be read before the session that was found last, and before something that is none of its own.</summary>
    private List<ByteRange> skipped = [];

    /// <summary>Where an image made of sectors without their pre-gap's would begin; one with it has two seconds of nothing before.</summary>
    private const long PreGap = 150;

    /// <summary>True to look also where no session is due: a table of contents with one track, which DVDs and many drives invent, says little.</summary>
    private bool isThorough;

    private bool isDrive;

    /// <summary>
    /// Where a session's descriptors lie that are lost, or may lie: sectors that can't be read before others that hold something. Complete once
    /// the search has ended; empty where there is a table of contents, which says where sessions begin.
    /// </summary>
    public List<ByteRange> Doubtful { get; } = [];

    /// <returns>The sessions' first sectors, oldest first; one at least. Which of them hold a volume remains to be seen.</returns>
    public IEnumerable<long> Find(ReadingOptions options)
    {
        isDrive = options.IsDrive;
        isThorough = options.TrackStarts.Count == 0 || (options.TrackStarts.Count == 1 && !isDrive);

        // An overwritable disc has one track only, a file none: both may have grown. More tracks say all there is to say.
        var tracks = options.TrackStarts.Where(start => start >= 0).Distinct().ToList();
        var later = options.LaterSessions.Where(start => start > 0);
        return tracks.Count > 1
            ? tracks.Concat(later).Distinct().Order().Take(IsoLimits.Sessions)
            : later.Order().Prepend(tracks is [var only] ? only : FirstStart()).SelectMany(Follow).Distinct().Take(IsoLimits.Sessions);
    }

    /// <summary>Where the image has the pre-gap before its first sector, which is no part of the disc's numbers.</summary>
    private long FirstStart() =>
        disc.ReadSector(DescriptorSet.FirstSector) is { } bytes && Sector.IsBlank(bytes) && Probe(PreGap) is not null ? PreGap : 0;

    private IEnumerable<long> Follow(long first)
    {
        var top = Probe(first);
        var isGrown = first == 0 && IsGrown(top);
        var start = isGrown ? GrownMedium.Start : first;
        var isTopSeen = !isGrown;
        for (var count = 0; count < IsoLimits.Sessions; count++)
        {
            yield return start;
            var volume = Probe(start);
            isTopSeen |= volume?.IsSameTree(top) is true;
            if ((volume is null ? FindBehindLost(start) : FindNext(start, volume)) is not { } next)
            {
                break;
            }

            if (volume is null)
            {
                Doubtful.Add(ByteRange.OfSectors(start + DescriptorSet.FirstSector, 1));
            }

            if (lostHead is { } head)
            {
                if (isGrown && top?.Root is { } root && root.Start > next * Sector.Size && FindBehindLost(next) is null)
                {
                    break; // the newest one, which stands at the disc's head as well
                }

                Doubtful.Add(head);
            }

            start = next;
        }

        // The newest session's own descriptors are lost, or lie where they were not looked for.
        if (!isTopSeen && top is not null)
        {
            yield return first;
        }
    }

    private bool IsGrown(VolumeDescriptor? top)
    {
        var medium = new GrownMedium(disc, heads);
        if (medium.Has(top))
        {
            return true;
        }

        if (isDrive || !isThorough || !medium.MayHaveLost(top))
        {
            return false;
        }

        if (medium.HasOlderBefore(top!))
        {
            return true;
        }

        // Nothing else tells of it. Where the sector was read, nothing does at all.
        if (disc.ReadSector(GrownMedium.FirstDescriptor) is null)
        {
            Doubtful.Add(ByteRange.OfSectors(GrownMedium.FirstDescriptor, 1));
        }

        return false;
    }

    /// <returns>The next session behind one whose first descriptor is lost, and with it the volume's length.</returns>
    private long? FindBehindLost(long start)
    {
        lostHead = null;
        var first = start + DescriptorSet.FirstSector;
        return !isDrive && isThorough && heads.IsLost(first)
            && heads.FirstIn(first + 1, first + IsoLimits.LongWindowSectors) is { } found
                ? found.SectorNumber - DescriptorSet.FirstSector
                : null;
    }

    private long? FindNext(long start, VolumeDescriptor volume)
    {
        // A volume's length counts from its session's start, but some writers count from the disc's.
        var length = Sector.Count(volume.LengthBytes);
        var behindDescriptors = start + DescriptorSet.FirstSector + 1;
        var doubtfulBefore = Doubtful.Count;
        lostHead = null;
        foreach (var end in new[] { start + length, length }.Where(end => end > behindDescriptors || end == start + length).Distinct())
        {
            foreach (var gap in Gaps)
            {
                if (FindIn(Math.Max(end, behindDescriptors) + gap, IsoLimits.SessionWindowSectors, volume) is { } sector)
                {
                    Doubtful.RemoveRange(doubtfulBefore, Doubtful.Count - doubtfulBefore);
                    Doubtful.AddRange(skipped);
                    return sector - DescriptorSet.FirstSector;
                }
            }
        }

        if (!isThorough || FindIn(Math.Max(start + length, behindDescriptors), IsoLimits.LongWindowSectors, volume) is not { } far)
        {
            return null;
        }

        Doubtful.RemoveRange(doubtfulBefore, Doubtful.Count - doubtfulBefore);
        Doubtful.AddRange(skipped);
        return far - DescriptorSet.FirstSector;
    }

    /// <returns>The first sector of a window that holds a volume descriptor of another tree; null where none does.</returns>
    private long? FindIn(long first, int window, VolumeDescriptor previous)
    {
        var end = Math.Min(first + window, disc.LengthBytes / Sector.Size);
        var runs = new SectorRuns(disc, end);
        var (unreadable, lost) = (0, new List<ByteRange>());
        var most = isDrive ? IsoLimits.UnreadableSessionSectors : window;
        long? contentBehindLost = null;
        var mayBeHeadless = isThorough && window == IsoLimits.SessionWindowSectors && previous.Root?.Start < first * Sector.Size;
        for (var sector = first; sector < end && unreadable <= most; sector++)
        {
            var bytes = runs.Read(sector);
            if (bytes.IsEmpty && ++unreadable <= (isDrive ? IsoLimits.UnreadableSessionSectors + 1 : HeadSectors))
            {
                lost.Add(ByteRange.OfSectors(sector, 1));
            }

            if (FindHead(bytes, sector, first, previous, window, ref mayBeHeadless) is { } head)
            {
                // A session's system area (§6.2.1) may hold anything.
                skipped = isThorough && contentBehindLost < head - DescriptorSet.FirstSector ? lost : [];
                return head;
            }

            contentBehindLost ??= lost.Count > 0 && !bytes.IsEmpty && !Sector.IsBlank(bytes) ? sector : null;
        }

        if (isThorough && lost.Count > 0 && heads.HasContentFrom(lost[^1].End / Sector.Size, isDrive))
        {
            Doubtful.AddRange(lost);
        }

        return null;
    }

    /// <returns>The first sector of the head that a sector is, or tells of; null for any other.</returns>
    private long? FindHead(ReadOnlySpan<byte> bytes, long sector, long first, VolumeDescriptor previous, int window, ref bool mayBeHeadless)
    {
        if (VolumeDescriptor.IsPrimary(bytes))
        {
            mayBeHeadless = false; // the next root may be its own, whatever it is
            if (IsSession(sector, previous, mayBeOlder: window == IsoLimits.SessionWindowSectors))
            {
                return sector;
            }
        }

        var head = heads.IsBehindLost(bytes, sector) ? sector - 1 : mayBeHeadless ? heads.LostBeforeRoot(bytes, sector, first) : null;
        lostHead = head is { } place ? ByteRange.OfSectors(place, HeadSectors) : null;
        return head;
    }

    /// <summary>
    /// Outside of all volumes no file can hold an image, so that a descriptor whose root is lost is a session's all the same.
    /// Where no session is due, what is older than the volume before was left by an earlier use of the medium.
    /// </summary>
    private bool IsSession(long sector, VolumeDescriptor previous, bool mayBeOlder) =>
        (heads.Absolute(sector) ?? heads.WithLostRoot(sector)) is { } found
        && !found.IsSameTree(previous)
        && (mayBeOlder || !found.IsOlderThan(previous));

    private VolumeDescriptor? Probe(long start) => heads.At(start + DescriptorSet.FirstSector);
}
