using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// The image of a single track that was not the disc's first, as of a CD-Extra or of a later session alone: the descriptors
/// stand at sector 16, but all numbers count from the beginning of the disc. This source puts the track back there.
/// </summary>
internal sealed class TrackImage(ISectorSource source, long offset) : ISectorSource
{
    private const int SearchedSectors = 512;

    public long SectorCount => offset + source.SectorCount;

    public bool TryRead(long sector, Span<byte> buffer) => sector >= offset && source.TryRead(sector - offset, buffer);

    /// <returns>
    /// The disc's sector at which the image begins, as the root directory tells, which names its own place; null where it lies
    /// where it should, or is not found.
    /// </returns>
    public static long? FindOffset(DiscReader disc)
    {
        if (disc.ReadSector(DescriptorSet.FirstSector) is not { } bytes
            || !VolumeDescriptor.IsPrimary(bytes)
            || new VolumeDescriptor(bytes, DescriptorSet.FirstSector) is not { Root: { } root, BlockSize: Sector.Size } descriptor
            || root.Start < disc.LengthBytes)
        {
            return null;
        }

        var last = Math.Min(SearchedSectors, disc.LengthBytes / Sector.Size);
        var unreadable = 0;
        for (long sector = DescriptorSet.FirstSector + 1; sector < last && unreadable < IsoLimits.UnreadableDescriptors; sector++)
        {
            var read = disc.ReadSector(sector);
            unreadable += read is null ? 1 : 0;
            if (DirectoryRecord.TryRead(read, isHighSierra: false, out var self)
                && self is { IsSelf: true, IsDirectory: true, HalvesAgree: true }
                && self.DataStart(descriptor.BlockSize) == root.Start)
            {
                return (root.Start / Sector.Size) - sector;
            }
        }

        return null;
    }

    /// <returns>
    /// The volume with all places counted from the image's beginning. What lies in earlier tracks is not there: of such files
    /// only the names are known.
    /// </returns>
    public Volume ShiftBack(Volume volume)
    {
        var shift = offset * Sector.Size;
        var copies = new Dictionary<FileEntry, FileEntry>();
        foreach (var entry in volume.Entries)
        {
            var parent = entry.Parent is { } above ? copies[above] : null;
            copies.Add(entry, entry with { Parent = parent, Extents = Shift(entry.Extents, shift) });
        }

        var damage = new Damage(
            DamageIds.IsoTrackOffset,
            DescriptorSet.FirstSector,
            $"The image begins at sector {offset.ToString(CultureInfo.InvariantCulture)} of its disc: all numbers were taken from there.");
        return volume with
        {
            SessionStart = volume.SessionStart - offset,
            LengthBytes = volume.LengthBytes - shift,
            Entries = [.. copies.Values],
            Structures = ByteSet.Of(volume.Structures.Where(run => run.Start >= shift).Select(run => new ByteRange(run.Start - shift, run.Length))),
            BootImages = [.. volume.BootImages.Where(image => image.Extent.Start >= shift).Select(image => image with
            {
                Extent = image.Extent with { Start = image.Extent.Start - shift },
            })],
            Damages = [damage, .. volume.Damages.Select(flaw => flaw with { Sector = flaw.Sector >= offset ? flaw.Sector - offset : null })],
        };
    }

    private static List<Extent>? Shift(IReadOnlyList<Extent>? extents, long shift)
    {
        if (extents is null || extents.Any(extent => extent.IsStored && extent.Start < shift))
        {
            return null;
        }

        return [.. extents.Select(extent => extent.IsStored ? extent with { Start = extent.Start - shift } : extent)];
    }
}
