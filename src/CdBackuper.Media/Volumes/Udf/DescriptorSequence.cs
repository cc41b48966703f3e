using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads a volume descriptor sequence (ECMA-167 3/8.4.2) into a pool.</summary>
internal sealed class DescriptorSequence
{
    private readonly UdfDisc disc;
    private readonly DescriptorPool pool;
    private readonly string name;
    private SectorExtent? next;
    private int left = UdfLimits.SequenceSectors;

    private DescriptorSequence(UdfDisc disc, DescriptorPool pool, string name)
    {
        this.disc = disc;
        this.pool = pool;
        this.name = name;
    }

    /// <summary>True when a descriptor of the sequence is or may be lost.</summary>
    private bool IsFlawed { get; set; }

    /// <summary>Reads the main sequence, and where that does not tell all, the reserve one.</summary>
    public static void Read(UdfDisc disc, Anchor anchor, DescriptorPool pool)
    {
        var main = new DescriptorSequence(disc, pool, "main");
        main.Read(anchor.Main);
        if (!main.IsFlawed && pool.IsComplete)
        {
            return;
        }

        new DescriptorSequence(disc, pool, "reserve").Read(anchor.Reserve);
        if (pool.IsUsable)
        {
            disc.Damages.Add(
                DamageIds.UdfReserveSequenceUsed,
                UdfDisc.SectorOf(disc.PositionOf(anchor.Main.Sector)),
                "The main volume descriptor sequence is flawed: the reserve sequence was read too.");
        }
    }

    /// <summary>
    /// Looks for descriptors where an unknown sequence may lie: near the beginning and the end of the session.
    /// </summary>
    public static void Search(UdfDisc disc, long session, long end, DescriptorPool pool)
    {
        var first = session + UdfLimits.SearchedSectors;
        foreach (var (sector, bytes) in BackwardScan.Run(disc.Reader, Math.Max(first, end - UdfLimits.SearchedSectors), end)
            .Concat(BackwardScan.Run(disc.Reader, session, Math.Min(first, end))))
        {
            for (var offset = 0; offset < Sector.Size; offset += disc.SectorSize)
            {
                var position = (sector * Sector.Size) + offset;
                var descriptor = bytes.AsSpan(offset, Math.Min(disc.SectorSize, Sector.Size));
                var tag = DescriptorTag.Read(descriptor);
                if (tag.Id <= TagId.LogicalVolume && tag.HasCrc
                    && tag.At((position / disc.SectorSize) - disc.BaseSector) == TagQuality.Sound)
                {
                    disc.Note(new(position, disc.SectorSize));
                    pool.Add(descriptor, tag, isSound: true);
                }
            }
        }
    }

    private void Read(SectorExtent extent)
    {
        var seen = new HashSet<uint>();
        for (SectorExtent? part = extent; part is { } current; part = next)
        {
            next = null;
            if (!seen.Add(current.Sector) || seen.Count > UdfLimits.SequenceParts)
            {
                IsFlawed = true;
                AddDamage(current.Sector, $"A pointer in the {name} volume descriptor sequence leads back into it.");
                return;
            }

            ReadPart(current);
        }
    }

    private void ReadPart(SectorExtent extent)
    {
        var sectors = extent.LengthBytes / disc.SectorSize;
        for (uint index = 0; index < sectors && left > 0; index++, left--)
        {
            var sector = extent.Sector + index;
            var position = disc.PositionOf(sector);
            if (disc.Read(position, disc.SectorSize) is not { } bytes)
            {
                IsFlawed = true;
                disc.Damages.Add(
                    DamageIds.StructureUnreadable,
                    UdfDisc.SectorOf(position),
                    $"A sector of the {name} volume descriptor sequence can't be read.");
                if (position < 0 || position >= disc.LengthBytes)
                {
                    return;
                }

                continue;
            }

            if (!Take(bytes, sector))
            {
                return;
            }
        }
    }

    /// <returns>False when the sequence ends here.</returns>
    private bool Take(byte[] bytes, uint sector)
    {
        var tag = DescriptorTag.Read(bytes);
        var quality = tag.At(sector);
        var isBlank = Sector.IsBlank(bytes);
        if (quality == TagQuality.Invalid || isBlank)
        {
            if (isBlank && pool.IsComplete)
            {
                return false; // an unrecorded sector ends the sequence too (3/8.4.2)
            }

            IsFlawed = true;
            AddDamage(sector, $"A sector of the {name} volume descriptor sequence holds no descriptor.");
            return true;
        }

        if (quality < TagQuality.Sound)
        {
            IsFlawed = true;
            AddDamage(sector, $"A descriptor of the {name} volume descriptor sequence fails its checks.");
        }

        if (tag.Id is TagId.Terminating)
        {
            return false;
        }

        if (tag.Id is TagId.VolumePointer)
        {
            next = SectorExtent.Read(bytes.AsSpan(20));
            return false;
        }

        pool.Add(bytes, tag, quality >= TagQuality.Misplaced);
        return true;
    }

    private void AddDamage(uint sector, string detail) =>
        disc.Damages.Add(DamageIds.UdfDescriptorInvalid, UdfDisc.SectorOf(disc.PositionOf(sector)), detail);
}
