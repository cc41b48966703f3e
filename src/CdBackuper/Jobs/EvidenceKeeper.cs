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

    /// <summary>What was known stays; what this drive could read besides is added. A head that was written anew is what it is now.</summary>
    public static DiscEvidence Join(DiscEvidence? known, DiscEvidence seen, bool isHeadRewritten)
    {
        if (known is null)
        {
            return seen;
        }

        var anchors = isHeadRewritten ? known.Anchors.Where(anchor => anchor.Sector >= DiscEvidence.HeadSectors) : known.Anchors;
        var samples = isHeadRewritten ? known.Samples.Where(sample => sample.Sector >= DiscEvidence.HeadSectors) : known.Samples;
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
        var last = Sector.Count(lengthBytes) - 1;

        // UDF's anchors (ECMA-167 3/8.4.2.1, and 512 of UDF 2.01 §6.11.2).
        var anchors = Fingerprint.TakeAnchors(image, sessions, 512, last - 256, last);
        var seen = new DiscEvidence { LengthBytes = evidence.LengthBytes, Sessions = sessions, Anchors = anchors };
        var joined = Join(evidence, seen, isHeadRewritten: false);
        var samples = Fingerprint.TakeSamples(image, AreaOf(image, listing), Fingerprint.SampleCount);
        return joined with
        {
            Samples = samples.Count >= evidence.Samples.Count ? samples : evidence.Samples,
            UnreadableSamples = Fingerprint.UnreadableSamples(image.Plain.Union(gaps), lengthBytes),
        };
    }

    /// <returns>What of an image is evidence: see <see cref="SampledArea"/>.</returns>
    public static ByteSet AreaOf(RescuedImage image, Listing listing) => SampledArea.Of(image.Plain, BytesOf(listing.Files));

    /// <returns>Where files lie on the disc.</returns>
    public static ByteSet BytesOf(IEnumerable<ListedEntry> files) =>
        ByteSet.Of(files.SelectMany(file => file.Extents ?? []).Where(extent => extent.IsStored).Select(extent => extent.Stored));

    /// <summary>
    /// Brings a stored map into line with what the comparison showed, before it is used: a map of another image is kept aside, and a
    /// head that was written anew is to be read anew.
    /// </summary>
    /// <returns>What was done, for the log.</returns>
    public static IEnumerable<string> MendMap(DiscFolder folder, Recognition match, DateTimeOffset now)
    {
        if (match.IsImageHollow && folder.Root.Files.SetAside(folder.MapPath, "unused", now) is { } aside)
        {
            folder.Root.Files.SetAside(folder.Form2MapPath, "unused", now);
            return [$"The map of {folder.Name} calls sectors read that are blank in the image and not on the disc; it is kept as {Path.GetFileName(aside)} and the disc is read anew"];
        }

        if (match.IsHeadRewritten && RescuedImage.TryLoadMap(folder, out var map, out _))
        {
            var head = ByteSet.Of(Head);
            var bad = ByteSet.Of(map.Blocks.Where(block => block.Status == BlockStatus.BadSector).Select(block => block.Range));
            var mended = RescueMap.Empty.With(map.End, map.Finished.Except(head), bad.Except(head));
            folder.Write(folder.MapPath, MapfileText.Print(mended));
            return ["A session was added, and the disc's first sectors were written anew: they are read again"];
        }

        return [];
    }
}
