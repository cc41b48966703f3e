using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// A disc whose numbers do not count from where its image begins: that of a single track that was not the first (of a CD-Extra, of a later session alone), one
/// without the gap between two sessions, or a track whose numbers count from its own start. This source puts a session where its numbers say.
/// </summary>
/// <param name="source">The image.</param>
/// <param name="start">The image's sector at which the session begins.</param>
/// <param name="offset">So many sectors further on, or nearer to the disc's beginning, it is by its own numbers.</param>
internal sealed class TrackImage(ISectorSource source, long start, long offset) : ISectorSource
{
    private const int SearchedSectors = 512;

    /// <summary>What of the image told that the session lies elsewhere, and where.</summary>
    private IReadOnlyList<ByteRange> Asked { get; init; } = [];

    /// <summary>Where the session begins by its own numbers.</summary>
    public long SessionStart => start + offset;

    public long SectorCount => offset + source.SectorCount;

    public IForm2Source? Form2 => source.Form2 is { } form2 ? new ShiftedForm2(form2, this) : null;

    public bool TryRead(long sector, Span<byte> buffer) =>
        PlaceOf(sector) is { } place && PlaceOf(sector + (buffer.Length / Sector.Size) - 1) == place + (buffer.Length / Sector.Size) - 1
        && source.TryRead(place, buffer);

    /// <returns>
    /// The session moved to where the root directory says, which names its own place; null where it lies where it should, or the root
    /// is not found.
    /// </returns>
    public static TrackImage? Find(DiscReader disc, ISectorSource source, long start)
    {
        var first = start + DescriptorSet.FirstSector;
        if (disc.ReadSector(first) is not { } bytes
            || !VolumeDescriptor.IsPrimary(bytes)
            || new VolumeDescriptor(bytes, first) is not { Root: { } root, BlockSize: Sector.Size } descriptor
            || !IsElsewhere(disc, descriptor, root, start))
        {
            return null;
        }

        var last = Math.Min(start + SearchedSectors, disc.LengthBytes / Sector.Size);
        var unreadable = 0;
        for (var sector = first + 1; sector < last && unreadable < IsoLimits.UnreadableDescriptors; sector++)
        {
            var read = disc.ReadSector(sector);
            unreadable += read is null ? 1 : 0;
            if (Says(read, descriptor, root.Start))
            {
                var offset = (root.Start / Sector.Size) - sector;
                var asked = new List<ByteRange> { ByteRange.OfSectors(first, sector + 1 - first) };
                if (root.Start >= start * Sector.Size && root.Start < disc.LengthBytes)
                {
                    asked.Add(ByteRange.OfSectors(root.Start / Sector.Size, 1));
                }

                return start + offset >= 0 ? new(source, start, offset) { Asked = asked } : null;
            }
        }

        return null;
    }

    /// <returns>
    /// The volume with all places counted from the image's beginning. What lies in tracks that are not there is not: of such files
    /// only the names are known.
    /// </returns>
    public Volume ShiftBack(Volume volume)
    {
        var copies = new Dictionary<FileEntry, FileEntry>();
        foreach (var entry in volume.Entries)
        {
            var parent = entry.Parent is { } above ? copies[above] : null;
            copies.Add(entry, entry with { Parent = parent, Extents = Shift(entry.Extents), Encoded = Shift(entry.Encoded) });
        }

        var place = SessionStart.ToString(CultureInfo.InvariantCulture);
        var damage = new Damage(
            DamageIds.IsoTrackOffset,
            start + DescriptorSet.FirstSector,
            start == 0 ? $"The image begins at sector {place} of its disc: all numbers were taken from there."
                : $"The volume's numbers are of a session at sector {place}, and it lies at {start.ToString(CultureInfo.InvariantCulture)}: all numbers were taken from there.");
        return volume with
        {
            SessionStart = start,
            LengthBytes = volume.LengthBytes - (offset * Sector.Size),
            Entries = [.. copies.Values],
            Structures = ByteSet.Of(volume.Structures.Select(run => ShiftedOf(run.Start) is { } at ? new ByteRange(at, run.Length) : default).Concat(Asked)),
            BootImages = [.. volume.BootImages.Where(image => ShiftedOf(image.Extent.Start) is not null).Select(image => image with
            {
                Extent = image.Extent with { Start = ShiftedOf(image.Extent.Start)!.Value },
            })],
            Damages = [damage, .. volume.Damages.Select(flaw => flaw with { Sector = flaw.Sector is { } sector ? PlaceOf(sector) : null })],
        };
    }

    /// <summary>A session has a root of its own, which lies behind its start.</summary>
    private static bool IsElsewhere(DiscReader disc, VolumeDescriptor descriptor, ByteRange root, long start) =>
        root.Start < start * Sector.Size
        || root.Start >= disc.LengthBytes
        || (disc.ReadSector(root.Start / Sector.Size) is { } there && !Says(there, descriptor, root.Start));

    /// <returns>True for a root directory that says of itself that it lies at <paramref name="start"/>.</returns>
    private static bool Says(byte[]? sector, VolumeDescriptor descriptor, long start) =>
        DirectoryRecord.TryRead(sector, isHighSierra: false, out var self)
        && self is { IsSelf: true, IsDirectory: true, HalvesAgree: true }
        && self.DataStart(descriptor.BlockSize) == start;

    /// <returns>The image's sector; null where it has none. Before the session both count alike.</returns>
    private long? PlaceOf(long sector) => sector >= SessionStart ? sector - offset : sector < start ? sector : null;

    private long? ShiftedOf(long position) => PlaceOf(position / Sector.Size) is { } sector ? (sector * Sector.Size) + (position % Sector.Size) : null;

    /// <returns>Where what lies in the image is by the volume's numbers.</returns>
    private ByteRange NumbersOf(ByteRange place) =>
        place.Start >= start * Sector.Size ? new(place.Start + (offset * Sector.Size), place.Length) : place.Start < SessionStart * Sector.Size ? place : default;

    private List<Extent>? Shift(IReadOnlyList<Extent>? extents)
    {
        if (extents is null || extents.Any(extent => extent.IsStored && ShiftedOf(extent.Start) is null))
        {
            return null;
        }

        return [.. extents.Select(extent => extent.IsStored ? extent with { Start = ShiftedOf(extent.Start)!.Value } : extent)];
    }

    private sealed class ShiftedForm2(IForm2Source form2, TrackImage track) : IForm2Source
    {
        public bool IsForm2(long sector) => track.PlaceOf(sector) is { } place && form2.IsForm2(place);

        public ByteSet FindForm2() => ByteSet.Of(form2.FindForm2().Select(track.NumbersOf));

        public bool TryReadForm2(long sector, Span<byte> body) => track.PlaceOf(sector) is { } place && form2.TryReadForm2(place, body);
    }
}
