using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads the volume that a set of volume descriptors describes.</summary>
/// <param name="found">The disc, with a block size that is not yet the volume's.</param>
/// <param name="pool">Its descriptors, with a partition at least.</param>
/// <param name="session">The session's first sector.</param>
/// <param name="end">The sector behind the session's last.</param>
/// <param name="isQuick">True to leave out what means to look through the whole disc.</param>
internal sealed class VolumeAssembly(UdfDisc found, DescriptorPool pool, long session, long end, bool isQuick)
{
    private readonly LogicalVolume logical = pool.Logical ?? LogicalVolume.Assumed(found.SectorSize);

    public Volume Read()
    {
        var disc = found with { BlockSize = CheckBlockSize() };
        if (pool.Logical is null)
        {
            disc.Damages.Add(
                DamageIds.UdfDescriptorInvalid,
                null,
                "There is no logical volume descriptor: plain partitions were assumed.");
        }

        var integrity = IntegritySequence.Read(disc, logical.Integrity);
        var table = PartitionTable.Build(disc, pool, logical, isQuick, end);
        var (set, root) = FindRoot(table.Access);
        var tree = new UdfTree(table.Access);
        tree.Run(root, set?.SystemStreams);

        var isIncomplete = root is null || table.IsIncomplete || tree.IsIncomplete || table.Access.Structures.HasOld;
        if ((root is null || tree.IsIncomplete) && !isQuick)
        {
            FindOrphans(table.Access, tree, root);
        }

        if (pool.Primary is not { IsTimeValid: true })
        {
            disc.Damages.Add(
                pool.Primary is null ? DamageIds.UdfDescriptorInvalid : DamageIds.UdfTimeInvalid,
                null,
                pool.Primary is null
                    ? "There is no primary volume descriptor."
                    : "The volume's creation time is none: it was left out.");
        }

        var length = table.RecordedEnd ?? Math.Max(EndOfPartitions(disc), 0);
        CheckLength(disc, length, table.RecordedEnd is not null);
        return new()
        {
            Format = Format(logical.Revision),
            Kind = FileSystemKind.Udf,
            SessionStart = session,
            VolumeName = logical.Name ?? set?.VolumeName ?? pool.Primary?.Name,
            Uuid = pool.Primary?.Uuid,
            Creators = Creators(),
            Identifiers = Identifiers(
                set,
                table.IsClosed ?? integrity?.IsClosed,
                table.Usage ?? (integrity?.FreeBlocks, integrity?.Blocks - integrity?.FreeBlocks)),
            Created = pool.Primary?.Created,
            Modified = integrity?.Recorded,
            LengthBytes = length,
            Later = table.RecordedEnd is { } recorded && recorded < disc.LengthBytes ? new(recorded, disc.LengthBytes - recorded) : null,
            Entries = tree.Entries,
            Structures = ByteSet.Of(disc.Structures),
            IsIncomplete = isIncomplete,
            Damages = disc.Damages.ToList(),
        };
    }

    private static string Format(int revision) => revision == 0
        ? "UDF"
        : string.Create(CultureInfo.InvariantCulture, $"UDF {revision >> 8:X}.{revision & 0xFF:X2}");

    /// <summary>
    /// A block is a multiple of a sector (ECMA-167 3/10.6.5), and in UDF the same (§2.2.4.2). What is neither is a
    /// flaw.
    /// </summary>
    private int CheckBlockSize()
    {
        var size = logical.BlockSize;
        if (size == found.SectorSize || size is 1024 or 2048 or 4096 && size > found.SectorSize)
        {
            return (int)size;
        }

        found.Damages.Add(
            DamageIds.UdfDescriptorInvalid,
            null,
            $"The volume says that its blocks have {size} bytes: {found.SectorSize}, the length of a sector, was taken.");
        return found.SectorSize;
    }

    private (FileSet? Set, FileRecord? Root) FindRoot(VolumeAccess access)
    {
        var set = FileSetSequence.Read(access.Structures, logical.FileSet);
        if (set is not null && ReadRoot(access, set) is { } root)
        {
            return (set, root);
        }

        var other = RootSearch.Find(access, logical.FileSet.Place.Partition);
        if (other is null || ReadRoot(access, other) is not { } foundRoot)
        {
            access.Disc.Damages.Add(DamageIds.UdfRootLost, null, "The root directory is lost, and with it every name.");
            return (set, null);
        }

        access.Disc.Damages.Add(
            DamageIds.UdfRootSearched,
            UdfDisc.SectorOf(foundRoot.Position),
            "The root directory was found by searching the partition's beginning.");
        return (set is null ? other : set with { Root = other.Root }, foundRoot);
    }

    private static FileRecord? ReadRoot(VolumeAccess access, FileSet set) =>
        access.Icbs.Read(set.Root, "The root directory's entry") is { Type: UdfFileType.Directory } root ? root : null;

    private void FindOrphans(VolumeAccess access, UdfTree tree, FileRecord? root)
    {
        var partition = root?.Address.Partition ?? logical.FileSet.Place.Partition;
        var space = pool.Partitions.First();
        var isBitmapUsable = pool.Partitions.Count == 1
            && access.Structures.PartitionOf(partition) is PlainPartition or SparablePartition;
        OrphanSearch.Run(
            access, tree, partition, FreeBlocks.Read(access, partition, isBitmapUsable ? space.FreeBitmap : default));
    }

    private long EndOfPartitions(UdfDisc disc)
    {
        var last = 0L;
        foreach (var space in pool.Partitions)
        {
            last = Math.Max(last, (disc.BaseSector + space.Start + space.Sectors) * disc.SectorSize);
        }

        return last;
    }

    private static void CheckLength(UdfDisc disc, long length, bool isRecordedPart)
    {
        if (length > disc.LengthBytes && !isRecordedPart)
        {
            disc.Damages.Add(
                DamageIds.VolumeTruncated,
                null,
                $"The volume says that it has {length} bytes, the disc or image has {disc.LengthBytes}.");
        }
    }

    private IReadOnlyList<string> Creators()
    {
        IEnumerable<string?> all = [.. pool.Owner?.Texts ?? [], pool.Primary?.Application, pool.Primary?.Implementation];
        return [.. all.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private Dictionary<string, string> Identifiers(
        FileSet? set, bool? isClosed, (long? Free, long? Used) blocks)
    {
        (string Name, string? Text)[] all =
        [
            ("volume", pool.Primary?.Name),
            ("volume set", pool.Primary?.VolumeSet),
            ("file set", set?.Name),
            ("integrity", isClosed is { } closed ? (closed ? "closed" : "open") : null),
            ("free blocks", blocks.Free?.ToString(CultureInfo.InvariantCulture)),
            ("used blocks", blocks.Used?.ToString(CultureInfo.InvariantCulture)),
        ];
        return all.Where(pair => pair.Text is not null).ToDictionary(pair => pair.Name, pair => pair.Text!, StringComparer.Ordinal);
    }
}
