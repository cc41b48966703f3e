using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>What a disc's folder has of its disc: the image, and the files.</summary>
/// <param name="folder">The disc's folder.</param>
/// <param name="image">What was read, where it belongs to its map; null where the record is all that is kept besides files.</param>
/// <param name="area">What of it is evidence.</param>
internal sealed class EarlierReading(DiscFolder folder, RescuedImage? image, ByteSet area) : IEarlierReading
{
    /// <summary>Where files lie on the disc: asked for only where something differs.</summary>
    private readonly Lazy<Listing> listing = new(() => folder.LoadListing() ?? Listing.Empty);

    public IEnumerable<SectorProof> Neighbours(SectorProof sample) => image is null ? [] : Fingerprint.TakeNeighbours(image, area, sample);

    public bool IsArchived(long sector, byte[] bytes)
    {
        var place = ByteRange.OfSectors(sector, 1);
        var archived = new byte[Sector.Size];
        return ArchivedParts.RunsOf(listing.Value).Any(run => run.Place.Intersect(place) == place
            && ArchivedParts.TryRead(Path.Combine(folder.FilesPath, run.Entry.Path), run.Position + place.Start - run.Place.Start, archived)
            && archived.AsSpan().SequenceEqual(bytes));
    }
}
