using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Jobs;

/// <summary>Compares the disc in the drive with what one folder holds of its disc.</summary>
internal sealed class FolderComparison(SeenDisc seen)
{
    /// <summary>How many sectors that are blank in the image are looked at on the disc.</summary>
    private const int HollowChecks = 64;

    /// <summary>How many sectors of damaged files are looked at besides.</summary>
    public const int HurtFileSamples = 16;

    public (IdentityFacts Facts, bool IsHollow) Compare(DiscFolder folder, DiscEvidence known)
    {
        using var image = RescuedImage.TryOpen(folder);
        var isUsable = image is not null && !image.Plain.IsEmpty && image.IsTrusted(known);

        // From the image where it is there and belongs to its map, since that is what would be gone on with; else the record's.
        var listing = isUsable ? folder.LoadListing() ?? Listing.Empty : Listing.Empty;
        var area = isUsable ? EvidenceKeeper.AreaOf(image!, listing) : ByteSet.Empty;
        var samples = isUsable ? Fingerprint.TakeSamples(image!, area, Fingerprint.SampleCount) : known.Samples;
        var ofHurtFiles = isUsable ? Fingerprint.TakeSamples(image!, HurtFiles(image!, listing), HurtFileSamples) : [];

        // A predecessor filled holes of an image from other discs: more of it than its samples is no evidence.
        var earlier = PredecessorFolder.IsOne(folder) ? null : new EarlierReading(folder, isUsable ? image : null, area);
        var facts = new DiscComparison(seen.Probe, seen.Evidence).Compare(known, samples, ofHurtFiles, earlier);
        var isDisproven = facts.Descriptors.Differing + facts.Samples.Differing > 0;
        var isHollow = isUsable && !isDisproven && IsHollow(image!, listing);

        // Of a predecessor's folder, and where the record of what was compared is lost, the files tell.
        var isRecordLost = samples.Count == 0
            && folder.LoadListing() is { } archived && !EvidenceKeeper.BytesOf(archived.Files.Where(file => file.Sha256 is not null)).IsEmpty;
        if (isRecordLost || PredecessorFolder.IsOne(folder))
        {
            var hasEnough = isDisproven || facts.Samples.Agreeing >= SamenessRule.EnoughMatches;
            facts = facts with { Files = hasEnough ? default : PredecessorFolder.CompareFiles(folder, seen) };
        }

        var isNothingKept = IsNothingKept(folder, image);
        return (facts with { IsNothingKept = isNothingKept, IsOnlyLengthKnown = isNothingKept && IsOnlyLengthKnown(folder, known) }, isHollow);
    }

    /// <summary>An unreadable disc that comes again would get a folder and a number each time.</summary>
    private bool IsOnlyLengthKnown(DiscFolder folder, DiscEvidence known) =>
        known is { Uuid: null, VolumeName: null, Sessions: [], Anchors: [], Samples: [], LengthBytes: > 0 }
        && known.LengthBytes == seen.Evidence.LengthBytes
        && known.Tracks.SequenceEqual(seen.Evidence.Tracks)
        && folder.LoadLabel() is null;

    /// <returns>What was read of those files that the disc would complete.</returns>
    public static ByteSet HurtFiles(RescuedImage image, Listing listing) =>
        image.Plain.Intersect(EvidenceKeeper.BytesOf(listing.Files.Where(file => file.Condition == FileCondition.Damaged)));

    private static bool IsNothingKept(DiscFolder folder, RescuedImage? image) =>
        (image is null ? !HasImage(folder) : image.Plain.IsEmpty)
        && (!Directory.Exists(folder.FilesPath) || !Directory.EnumerateFileSystemEntries(folder.FilesPath).Any());

    /// <summary>An image is kept even where no map tells what of it was read; the first attempt makes both at once, the image empty.</summary>
    private static bool HasImage(DiscFolder folder) => new FileInfo(folder.ImagePath) is { Exists: true, Length: > 0 };

    /// <summary>
    /// A predecessor deleted images and kept their maps; then ddrescue made a new image of the few sectors that were missing, with
    /// holes for the rest. Blank sectors are no samples, so they are looked at here.
    /// </summary>
    private bool IsHollow(RescuedImage image, Listing listing)
    {
        // What no file had may have been written since, on discs that are written on in place.
        var files = image.Plain.Intersect(EvidenceKeeper.BytesOf(listing.Files));
        var area = files.IsEmpty ? image.Plain : files;
        var buffer = new byte[Sector.Size];
        var total = area.TotalLength / Sector.Size;
        var count = Math.Min(HollowChecks, total);
        for (var index = 0; index < count; index++)
        {
            var sector = Fingerprint.SectorAt(area, total * index / count);
            if (image.TryRead(sector, buffer) && Sector.IsBlank(buffer)
                && seen.Probe.TryRead(sector, buffer) && TellingSector.IsTelling(buffer))
            {
                return true;
            }
        }

        return false;
    }
}
