namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Reads the logical volume integrity sequence (ECMA-167 3/8.8.2, 3/10.10): its last descriptor holds.
/// </summary>
internal static class IntegritySequence
{
    /// <returns>Null when there is none that can be read. Nothing but figures is lost with it.</returns>
    public static VolumeIntegrity? Read(UdfDisc disc, SectorExtent first)
    {
        VolumeIntegrity? latest = null;
        var seen = new HashSet<uint>();
        var left = UdfLimits.SequenceSectors;
        for (SectorExtent? part = first; part is { LengthBytes: > 0 } extent && seen.Add(extent.Sector);)
        {
            part = null;
            for (uint index = 0; index < extent.LengthBytes / disc.SectorSize && left > 0; index++, left--)
            {
                var sector = extent.Sector + index;
                if (!TryRead(disc, sector, latest is null, out var integrity))
                {
                    break;
                }

                latest = integrity;
                if (integrity.Next.LengthBytes > 0)
                {
                    part = integrity.Next;
                    break;
                }
            }
        }

        return latest;
    }

    private static bool TryRead(UdfDisc disc, uint sector, bool isFirst, out VolumeIntegrity integrity)
    {
        integrity = null!;
        var position = disc.PositionOf(sector);
        var bytes = position < 0 ? null : disc.Reader.ReadBytes(new(position, disc.SectorSize));
        var tag = DescriptorTag.Read(bytes);
        var quality = tag.Id == TagId.Integrity ? tag.At(sector) : TagQuality.Invalid;

        // Behind the last descriptor stands a terminating one, or nothing was recorded: neither is a flaw.
        if (isFirst || quality > TagQuality.Invalid)
        {
            disc.Note(new(Math.Max(0, position), position < 0 ? 0 : disc.SectorSize));
        }

        if (isFirst && quality < TagQuality.Misplaced && tag.Id != TagId.Terminating)
        {
            disc.Damages.Add(
                bytes is null ? DamageIds.StructureUnreadable : DamageIds.UdfDescriptorInvalid,
                UdfDisc.SectorOf(position),
                $"The integrity descriptor {(bytes is null ? "can't be read" : "fails its checks")}: figures of the volume are lost.");
        }

        if (quality < TagQuality.Misplaced)
        {
            return false;
        }

        integrity = VolumeIntegrity.Read(bytes);
        return true;
    }
}
