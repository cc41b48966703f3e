using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Reads the copies of a sparing table (UDF 1.50 §2.2.11): which packets of a partition lie elsewhere.
/// </summary>
internal static class SparingTable
{
    private const int MapStart = 56;
    private const int EntryLength = 8;

    /// <summary>More than 65,535 entries take.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>An entry whose spare packet is free, or worn out itself (UDF 1.50 §2.2.11).</summary>
    private const uint FirstUnusedLocation = 0xFFFF_FFF0;

    private readonly record struct Copy(bool IsWhole, uint Sequence, int Order, Dictionary<uint, uint> Remapped);

    /// <param name="disc">The disc.</param>
    /// <param name="sectors">Where the copies lie.</param>
    /// <param name="lengthBytes">Bytes of each.</param>
    /// <param name="isLost">True where packets may be remapped of which nothing is known any more.</param>
    /// <returns>The first block of each remapped packet, and the sector where it lies now.</returns>
    public static IReadOnlyDictionary<uint, uint> Read(
        UdfDisc disc, IReadOnlyList<uint> sectors, uint lengthBytes, out bool isLost)
    {
        var copies = new List<Copy>();
        for (var order = 0; order < sectors.Count; order++)
        {
            if (ReadCopy(disc, sectors[order], lengthBytes, order) is { } copy)
            {
                copies.Add(copy);
            }
        }

        // Of the whole ones the newest; else all that the flawed ones tell, the newer one's word first.
        copies.Sort((left, right) =>
            (right.IsWhole, right.Sequence, left.Order).CompareTo((left.IsWhole, left.Sequence, right.Order)));
        isLost = copies is not [{ IsWhole: true }, ..];
        if (!isLost)
        {
            return copies[0].Remapped;
        }

        var merged = new Dictionary<uint, uint>();
        foreach (var (original, sector) in copies.SelectMany(copy => copy.Remapped))
        {
            merged.TryAdd(original, sector);
        }

        return merged;
    }

    private static Copy? ReadCopy(UdfDisc disc, uint sector, uint lengthBytes, int order)
    {
        var position = disc.PositionOf(sector);
        if (disc.Read(position, disc.SectorSize) is not { } first)
        {
            disc.Damages.Add(
                DamageIds.StructureUnreadable,
                UdfDisc.SectorOf(position),
                "A copy of the sparing table can't be read.");
            return null;
        }

        var tag = DescriptorTag.Read(first);
        if (tag.Id != TagId.SparingTable || !tag.IsChecksumRight
            || !UdfText.IsEntity(first.AsSpan(DescriptorTag.Length), "*UDF Sparing Table"u8))
        {
            disc.Damages.Add(
                DamageIds.UdfSparingTableInvalid,
                UdfDisc.SectorOf(position),
                "A copy of the sparing table is none.");
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(first.AsSpan(48));
        var room = (int)Math.Min(Math.Max(lengthBytes, (uint)disc.SectorSize), MaxBytes);
        var used = Math.Min(MapStart + (count * EntryLength), room);
        var (bytes, isRead) = ReadRest(disc, position, first, used);
        var isWhole = isRead && DescriptorTag.Read(bytes).IsCrcRight;
        if (!isWhole)
        {
            disc.Damages.Add(
                DamageIds.UdfSparingTableInvalid,
                UdfDisc.SectorOf(position),
                "A copy of the sparing table is not whole.");
        }

        var remapped = new Dictionary<uint, uint>();
        for (var at = MapStart; at + EntryLength <= used; at += EntryLength)
        {
            var original = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            var target = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4));
            if (original < FirstUnusedLocation && target != 0)
            {
                remapped.TryAdd(original, target);
            }
        }

        return new(isWhole, BinaryPrimitives.ReadUInt32LittleEndian(first.AsSpan(52)), order, remapped);
    }

    /// <returns>Whole sectors; those that can't be read are of zeros, which no packet is mapped to.</returns>
    private static (byte[] Bytes, bool IsRead) ReadRest(UdfDisc disc, long position, byte[] first, int used)
    {
        var sectors = (used + disc.SectorSize - 1) / disc.SectorSize;
        var bytes = new byte[sectors * disc.SectorSize];
        first.CopyTo(bytes, 0);
        var isRead = true;
        for (var index = 1; index < sectors; index++)
        {
            if (disc.Read(position + ((long)index * disc.SectorSize), disc.SectorSize) is { } next)
            {
                next.CopyTo(bytes, index * disc.SectorSize);
            }
            else
            {
                isRead = false;
            }
        }

        return (bytes, isRead);
    }
}
