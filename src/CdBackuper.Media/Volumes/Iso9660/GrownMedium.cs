using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// An overwritable medium to which sessions were added as xorriso does it: the descriptors at sector 16 are those of the last one there,
/// written anew each time, so that readers without sessions find it; the first one begins at sector 32.
/// </summary>
/// <param name="disc">The disc.</param>
/// <param name="heads">Tells what stands at a sector.</param>
internal sealed class GrownMedium(DiscReader disc, SessionHead heads)
{
    /// <summary>Where the first session begins.</summary>
    public const long Start = 32;

    public const long FirstDescriptor = Start + DescriptorSet.FirstSector;

    /// <param name="top">The descriptor at sector 16; null where there is none.</param>
    /// <returns>True where the first session's descriptor is there and is of another tree; its root may be lost, but not another thing.</returns>
    public bool Has(VolumeDescriptor? top)
    {
        var copy = heads.Absolute(FirstDescriptor)
            ?? (heads.WithLostRoot(FirstDescriptor) is { } lost && top?.IsOlderThan(lost) == false ? lost : null);
        return copy is not null && !copy.IsSameTree(top);
    }

    /// <returns>
    /// True where the first session's descriptor would lie in a sector of which nothing is left, and all that the volume names lies behind it:
    /// a volume written in one piece has its path tables and root there.
    /// </returns>
    public bool MayHaveLost(VolumeDescriptor? top) =>
        top?.Root is { } root
        && root.Start / Sector.Size > FirstDescriptor + 1
        && PathTable.PlacesOf(top).All(place => place.Start / Sector.Size > FirstDescriptor)
        && heads.IsLost(FirstDescriptor);

    /// <returns>True where a session's descriptor, or a root, lies between the first session's place and the volume's own root.</returns>
    public bool HasOlderBefore(VolumeDescriptor top)
    {
        var end = Math.Min(top.Root!.Value.Start / Sector.Size, FirstDescriptor + IsoLimits.LongWindowSectors);
        for (var sector = FirstDescriptor + 1; sector < Math.Min(end, FirstDescriptor + IsoLimits.SessionWindowSectors); sector++)
        {
            if (disc.ReadSector(sector) is { } bytes && RootSearch.IsRoot(bytes, sector))
            {
                return true;
            }
        }

        return heads.FirstIn(FirstDescriptor + 1, end) is not null;
    }
}
