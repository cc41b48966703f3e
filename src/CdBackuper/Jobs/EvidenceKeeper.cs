using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>Keeps what a disc is recognised by: joined over the attempts, and completed from the image.</summary>
internal static class EvidenceKeeper
{
    private static readonly ByteRange Head = ByteRange.OfSectors(0, DiscEvidence.HeadSectors);

    /// <summary>
    /// What was known stays; what this drive could read besides is added. Of a disc that has grown the head may have been written anew: what of
    /// it does not agree, or can't be read now, is known no longer.
    /// </summary>
    public static DiscEvidence Join(DiscEvidence? known, DiscEvidence seen, bool hasGrown)
    {
        if (known is null)
        {
            return seen;
        }

        var anchors = hasGrown ? known.Anchors.Where(anchor => anchor.Sector >= DiscEvidence.HeadSectors) : known.Anchors;
        var samples = hasGrown ? known.Samples.Where(sample => sample.Sector >= DiscEvidence.HeadSectors) : known.Samples;
        return known with
        {
            Uuid = known.Uuid ?? seen.Uuid,
            VolumeName = known.VolumeName ?? seen.VolumeName,
            LengthBytes = Math.Max(known.LengthBytes, seen.LengthBytes),
            Tracks = known.Tracks.Count >= seen.Tracks.Count ? known.Tracks : seen.Tracks,
            Sessions = [.. known.Sessions.Concat(seen.Sessions)
                .GroupBy(session => (session.Start, session.RootSector))
                .Select(same => same.OrderByDescending(session => session.RootSha256 is not null).First())
                .OrderBy(session => session.Start).ThenBy(session => session.RootSector)],
            Anchors = [.. anchors.Concat(seen.Anchors).DistinctBy(anchor => anchor.Sector).OrderBy(anchor => anchor.Sector)],
            Samples = [.. samples],
        };
    }

    /// <summary>Adds what only the image tells: samples, sessions and anchors that the drive was not asked for.</summary>
    /// <param name="evidence">What is known so far.</param>
    /// <param name="image">What was read; null for nothing.</param>
    /// <param name="listing">Where its files lie.</param>
    /// <param name="lengthBytes">How long the drive says the disc is.</param>
    /// <param name="gaps">Where the disc has no data.</param>
    public static DiscEvidence WithImage(
        DiscEvidence evidence, RescuedImage? image, Listing listing, long lengthBytes, ByteSet gaps)
    {
        if (image is null)
        {
            return evidence;
        }

        var trackStarts = evidence.Tracks.Where(track => track.IsData).Select(track => track.StartSector).ToArray();
        var sessions = SessionSurvey.Take(image, trackStarts);
        var anchors = Fingerprint.TakeAnchors(image, sessions, DiscEvidence.LastAnchor);
        var seen = new DiscEvidence { LengthBytes = evidence.LengthBytes, Sessions = sessions, Anchors = anchors };
        var joined = Join(evidence, seen, hasGrown: false);
        var samples = Fingerprint.TakeSamples(image, AreaOf(image, listing), Fingerprint.SampleCount);
        return joined with
        {
            Samples = samples.Count >= evidence.Samples.Count ? samples : evidence.Samples,
            UnreadableSamples = Fingerprint.UnreadableSamples(image.Plain.Union(gaps), lengthBytes),
        };
    }

    /// <returns>What of an image is evidence: see <see cref="SampledArea"/>.</returns>
    public static ByteSet AreaOf(RescuedImage image, Listing listing) => SampledArea.Of(image.Plain, BytesOf(listing.Files));

    /// <returns>Where files lie on the disc, in sectors that every drive and image gives: not those of Form 2.</returns>
    public static ByteSet BytesOf(IEnumerable<ListedEntry> files) =>
        ByteSet.Of(files.SelectMany(file => file.Extents ?? []).Where(extent => extent is { IsStored: true, IsForm2: false }).Select(extent => extent.Stored));

    /// <summary>
    /// Brings a stored map into line with what the comparison showed, before it is used: a map of another image is kept aside, and what was
    /// written since is to be read anew: the head, where it is not what the image has, and what lies where a session was added.
    /// </summary>
    /// <returns>What was done, for the log.</returns>
    public static IEnumerable<string> MendMap(DiscFolder folder, DiscEvidence? known, SeenDisc seen, Recognition match, DateTimeOffset now)
    {
        if (match.IsImageHollow && folder.SetAside(folder.MapPath, "unused", now) is { } aside)
        {
            folder.SetAside(folder.Form2MapPath, "unused", now);
            return [$"The map of {folder.Name} calls sectors read that are blank in the image and not on the disc; it is kept as {Path.GetFileName(aside)} and the disc is read anew"];
        }

        if (match.Folder is null || !RescuedImage.TryLoadMap(folder, out var map, out _))
        {
            return [];
        }

        var isHeadStale = IsHeadStale(folder, seen.Evidence);
        var stale = isHeadStale ? ByteSet.Of(Head) : ByteSet.Empty;
        if (match.HasGrown && known is not null && AddedFrom(known, seen.Evidence) is { } start)
        {
            stale = stale.Union(ByteSet.Of(new ByteRange(start * Sector.Size, Math.Max(0, map.End - (start * Sector.Size)))));
        }

        if (stale.Intersect(map.Finished).IsEmpty)
        {
            return [];
        }

        var bad = ByteSet.Of(map.Blocks.Where(block => block.Status == BlockStatus.BadSector).Select(block => block.Range));
        folder.Write(folder.MapPath, MapfileText.Print(RescueMap.Empty.With(map.End, map.Finished.Except(stale), bad.Except(stale))));
        return [isHeadStale
            ? "A session was added, and the disc's first sectors were written anew: they are read again"
            : "A session was added where the image has what was there before: it is read again"];
    }

    /// <returns>True where the disc's descriptors are others than those that the image has.</returns>
    private static bool IsHeadStale(DiscFolder folder, DiscEvidence seen)
    {
        using var image = RescuedImage.TryOpen(folder);
        var buffer = new byte[Sector.Size];
        return image is not null && seen.Anchors.Any(anchor =>
            anchor.Sector < DiscEvidence.HeadSectors
            && image.TryRead(anchor.Sector, buffer) && Fingerprint.Prove(anchor.Sector, buffer) != anchor);
    }

    /// <returns>The first sector of what was added: of a session that was not known, or behind all that was.</returns>
    private static long? AddedFrom(DiscEvidence known, DiscEvidence seen) => seen.Sessions
        .Where(session => known.Sessions.All(older => older.Start != session.Start || older.RootSector != session.RootSector))
        .Select(session => known.Sessions.Any(older => older.Start == session.Start) ? known.VolumeEnd : session.Start)
        .Where(start => start >= known.VolumeEnd && start > 0)
        .Cast<long?>().Min();
}
