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
        var start = sector * Sector.Size;
        var archived = new byte[Sector.Size];
        foreach (var entry in listing.Value.Files.Where(entry => entry.Sha256 is not null))
        {
            long position = (entry.Preamble?.Length ?? 0) / 2;
            foreach (var extent in entry.Extents ?? [])
            {
                if (extent is { IsStored: true, IsForm2: false, IsCoded: false } && extent.Start <= start && start + Sector.Size <= extent.Start + extent.Length
                    && ArchivedParts.TryRead(Path.Combine(folder.FilesPath, entry.Path), position + start - extent.Start, archived)
                    && archived.AsSpan().SequenceEqual(bytes))
                {
                    return true;
                }

                position += extent.Length;
            }
        }

        return false;
    }
}
