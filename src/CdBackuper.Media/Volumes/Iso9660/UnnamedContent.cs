using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Tells whether a volume holds content that the chosen tree has no name for. Asked where another tree can't be read.</summary>
internal static class UnnamedContent
{
    /// <param name="disc">The disc.</param>
    /// <param name="descriptors">The volume's descriptors, which name its path tables.</param>
    /// <param name="chosen">The tree, walked.</param>
    /// <param name="end">Where the volume ends, in bytes.</param>
    /// <returns>
    /// True where, between the tree's root and the volume's end, something stands that is no file's, no directory's and no path table's.
    /// </returns>
    public static bool IsIn(DiscReader disc, DescriptorSet descriptors, TreeWalk chosen, long end)
    {
        if (chosen.Descriptor.Root is not { } root)
        {
            return false;
        }

        var known = ByteSet.Of(chosen.Entries.SelectMany(entry => entry.Extents ?? []).Where(run => run.IsStored).Select(run => run.Stored)
            .Concat(chosen.Structures)
            .Concat(descriptors.Structures)
            .Concat(PathTable.PlacesOf(descriptors.PrimaryDescriptor))
            .Concat(PathTable.PlacesOf(descriptors.JolietDescriptor))
            .Concat(PathTable.PlacesOf(descriptors.EnhancedDescriptor))
            .Concat(descriptors.BootCatalogue is { } boot ? [ByteRange.OfSectors(boot, IsoLimits.BootCatalogueSectors)] : []));
        var limit = Math.Min(end, disc.LengthBytes) / Sector.Size;
        for (var (sector, looked) = (root.Start / Sector.Size, 0); sector < limit && looked < IsoLimits.UnnamedSectors; sector++)
        {
            var place = ByteRange.OfSectors(sector, 1);
            if (known.Within(place).Any())
            {
                continue;
            }

            looked++;
            if (disc.ReadSector(sector) is not { } bytes || Sector.IsBlank(bytes))
            {
                continue;
            }

            if (SuspEntry.TryRead(bytes, out var entry) && entry.Is("ER"u8))
            {
                continue; // the area that says whose the system use entries are: of the root's own record, which no file needs
            }

            if (!DirectoryRecord.TryRead(bytes, chosen.Descriptor.IsHighSierra, out var self) || !self.IsSelf)
            {
                return true;
            }

            sector += Math.Max(1, Sector.Count(self.DataLengthBytes)) - 1; // a directory of the other tree
        }

        return false;
    }
}
