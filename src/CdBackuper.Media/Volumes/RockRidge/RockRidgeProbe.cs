using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>
/// Tells whether a tree bears Rock Ridge: the root's record of itself says so (SUSP §5.3). Where that sector is lost,
/// the other directories' records of themselves, found by the path table, are asked.
/// </summary>
internal static class RockRidgeProbe
{
    private const int SkipMarkLength = 3;
    private const int OtherDirectories = 8;

    /// <returns>What the root says of system use areas; null where there is no Rock Ridge.</returns>
    public static SystemUseMark? Find(DiscReader disc, VolumeDescriptor descriptor)
    {
        if (descriptor.Root is { } root && disc.ReadSector(root.Start / Sector.Size) is not null)
        {
            return FindAt(disc, descriptor, root.Start);
        }

        return PathTable.Read(disc, descriptor, [])
            .Skip(1)
            .Take(OtherDirectories)
            .Select(directory => FindAt(disc, descriptor, directory.Start))
            .FirstOrDefault(mark => mark is not null);
    }

    private static SystemUseMark? FindAt(DiscReader disc, VolumeDescriptor descriptor, long start)
    {
        if (disc.ReadSector(start / Sector.Size) is not [..] read)
        {
            return null;
        }

        byte[] bytes = [.. read];
        _ = RecordRepair.Mend(bytes.AsSpan((int)(start % Sector.Size)), isHighSierra: false); // the walk tells of it
        if (!DirectoryRecord.TryRead(bytes.AsSpan((int)(start % Sector.Size)), isHighSierra: false, out var self)
            || !self.IsSelf)
        {
            return null;
        }

        // On discs of CD-ROM XA its attributes stand first, and the mark behind them (SUSP §5.3).
        var area = XaAttributes.Skip(self.SystemUse);
        var isMarked = SuspEntry.TryRead(area, out var mark)
            && mark.Is("SP"u8)
            && mark.Data.Length >= SkipMarkLength
            && mark.Data is [0xBE, 0xEF, ..];
        var skip = isMarked ? mark.Data[2] : (byte)0;
        var own = FieldsOf(new(disc, descriptor.BlockSize, [], new()), area, start);
        var found = new SystemUseMark(skip, own.Extensions ?? []);
        if (own.IsRockRidge)
        {
            return found;
        }

        // The mark alone says that system use entries follow (SUSP §5.3), not that they are Rock Ridge's.
        var records = bytes.AsSpan((int)(start % Sector.Size));
        var isNearlyMarked = isMarked || area is [(byte)'S', _, ..] or [_, (byte)'P', ..]; // one letter or the length may be damaged
        return isNearlyMarked && AnyNeighbourHasFields(new(disc, descriptor.BlockSize, found.Extensions, new()), records, skip, start) ? found : null;
    }

    private static bool AnyNeighbourHasFields(SuspReader susp, ReadOnlySpan<byte> sector, int skip, long start)
    {
        while (DirectoryRecord.TryRead(sector, isHighSierra: false, out var record) && sector[0] > 0)
        {
            var area = record.SystemUse;
            if (FieldsOf(susp, skip == 0 ? XaAttributes.Skip(area) : area[Math.Min(skip, area.Length)..], start).IsRockRidge)
            {
                return true;
            }

            sector = sector[sector[0]..];
        }

        return false;
    }

    private static RockRidgeFields FieldsOf(SuspReader susp, ReadOnlySpan<byte> area, long start)
    {
        var fields = new RockRidgeFields();
        susp.Read(area, start / Sector.Size, fields, []);
        return fields;
    }
}
