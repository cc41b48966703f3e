namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Puts the partitions of a logical volume together from its maps.</summary>
internal sealed class PartitionTable
{
    /// <summary>A packet of CD-RW (UDF 1.50 §6.10), for a map that tells none.</summary>
    private const int DefaultPacketBlocks = 32;

    private readonly UdfDisc disc;
    private readonly DescriptorPool pool;
    private readonly List<PartitionMap> maps;

    private PartitionTable(UdfDisc disc, DescriptorPool pool, List<PartitionMap> maps)
    {
        this.disc = disc;
        this.pool = pool;
        this.maps = maps;
        Access = new(disc, new UdfPartition[maps.Count]);
    }

    public VolumeAccess Access { get; }

    /// <summary>True where names are or may be missing, since a table is lost that tells where they lie.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>
    /// Where the recorded part of the disc ends, in bytes; null where the volume has no virtual partition.
    /// </summary>
    public long? RecordedEnd { get; private set; }

    /// <summary>
    /// Free and used blocks of a disc that is written once, which has no list of them: what lies behind the table is
    /// free.
    /// Null where the volume has no virtual partition.
    /// </summary>
    public (long? Free, long? Used)? Usage { get; private set; }

    /// <summary>
    /// True where a whole table stands behind all else on a disc that is written once: that closes the volume, whatever
    /// its integrity descriptor says, which can't be written again. Null where the volume has no virtual partition.
    /// </summary>
    public bool? IsClosed { get; private set; }

    /// <param name="disc">The disc.</param>
    /// <param name="pool">Its volume descriptors.</param>
    /// <param name="logical">The logical volume.</param>
    /// <param name="isQuick">True to leave out what means to look through the whole disc.</param>
    /// <param name="end">The sector of 2048 bytes behind the volume's last session.</param>
    public static PartitionTable Build(UdfDisc disc, DescriptorPool pool, LogicalVolume logical, bool isQuick, long end)
    {
        var maps = PartitionMap.ReadAll(logical, out var isCut);
        if (isCut || (maps.Count == 0 && pool.Logical is not null))
        {
            disc.Damages.Add(
                DamageIds.UdfPartitionMapInvalid,
                null,
                $"The volume should have {logical.MapCount} partition maps, of which {maps.Count} can be read.");
        }

        if (maps.Count == 0)
        {
            maps.AddRange(pool.Partitions.OrderBy(space => space.Number).Take(UdfLimits.PartitionMaps)
                .Select(space => new PartitionMap(PartitionMapKind.Plain, space.Number, [])));
        }

        // A metadata or virtual map names a partition that most often has a map of its own; here it always has.
        foreach (var number in maps.Where(map => map.Kind is PartitionMapKind.Virtual or PartitionMapKind.Metadata)
            .Select(map => map.Number).Distinct().ToList())
        {
            if (!maps.Any(map => map.Kind is PartitionMapKind.Plain or PartitionMapKind.Sparable && map.Number == number))
            {
                maps.Add(new(PartitionMapKind.Plain, number, []));
            }
        }

        var table = new PartitionTable(disc, pool, maps);
        table.Fill(end, isQuick);
        return table;
    }

    private void Fill(long end, bool isQuick)
    {
        var partitions = Access.Partitions;
        Array.Fill(partitions, new MissingPartition());
        for (var index = 0; index < maps.Count; index++)
        {
            partitions[index] = maps[index].Kind switch
            {
                PartitionMapKind.Plain => Plain(maps[index]),
                PartitionMapKind.Sparable => Sparable(maps[index]),
                _ => partitions[index],
            };
        }

        for (var index = 0; index < maps.Count; index++)
        {
            partitions[index] = maps[index].Kind switch
            {
                PartitionMapKind.Virtual => Virtual(maps[index], end, isQuick),
                PartitionMapKind.Metadata => Metadata(maps[index]),
                PartitionMapKind.Unknown => Unknown(maps[index]),
                _ => partitions[index],
            };
        }
    }

    private UdfPartition Plain(PartitionMap map)
    {
        foreach (var space in pool.Partitions)
        {
            if (space.Number == map.Number)
            {
                return new PlainPartition(disc, space);
            }
        }

        var hasOne = pool.Partitions.Count == 1;
        disc.Damages.Add(
            DamageIds.UdfPartitionMapInvalid,
            null,
            $"A partition map names partition {map.Number}, which has no descriptor"
            + (hasOne ? ": the only one that has was taken." : "."));
        return hasOne ? new PlainPartition(disc, pool.Partitions.First()) : new MissingPartition();
    }

    private SparablePartition Sparable(PartitionMap map)
    {
        var packetBlocks = (int)map.PacketBlocks;
        if (packetBlocks == 0)
        {
            packetBlocks = DefaultPacketBlocks;
            disc.Damages.Add(
                DamageIds.UdfPartitionMapInvalid,
                null,
                "A sparable partition says that its packets have no blocks.");
        }

        var remapped = SparingTable.Read(disc, map.SparingTables, map.SparingTableBytes, out var isLost);
        if (isLost)
        {
            IsIncomplete = true;
            disc.Damages.Add(
                DamageIds.UdfSparingTableInvalid,
                null,
                "No copy of the sparing table is whole: packets that lie elsewhere may be taken from where they lay before.");
        }

        return new SparablePartition(disc, Plain(map), packetBlocks, remapped);
    }

    private UdfPartition Virtual(PartitionMap map, long end, bool isQuick)
    {
        var index = IndexBelow(map);
        if (Access.Partitions[index] is not PlainPartition below)
        {
            return new MissingPartition();
        }

        var search = new VatSearch(disc, below, (ushort)index, Access.Contents, Access.Icbs);
        var table = search.Find(end);
        IsIncomplete |= search.IsIncomplete;
        RecordedEnd = search.EndPosition > 0 ? search.EndPosition : disc.LengthBytes;
        var used = Math.Max(0, (RecordedEnd.Value - below.Start) / disc.BlockSize);
        IsClosed = search.EndPosition > 0 && !search.IsIncomplete;
        Usage = (Math.Max(0, below.Space.Sectors - used), used);
        if (table.Length == 0)
        {
            IsIncomplete = true;
            disc.Damages.Add(DamageIds.UdfVatLost, null, "There is no virtual allocation table that can be read.");
        }

        return new VirtualPartition(below, table, () => isQuick ? new Dictionary<uint, uint>() : search.FindAll(end));
    }

    private MetadataPartition Metadata(PartitionMap map)
    {
        var index = (ushort)IndexBelow(map);
        var main = ReadFile(new(index, map.MetadataFile), "The metadata file's entry");
        if (main is null)
        {
            disc.Damages.Add(DamageIds.UdfMirrorUsed, null, "The metadata file is lost: its mirror was used.");
        }

        return new(main, () => ReadFile(new(index, map.MetadataMirror), "The metadata mirror file's entry"));
    }

    private RunMap? ReadFile(BlockAddress address, string what)
    {
        if (Access.Icbs.Read(address, what) is not { } record || !record.IsAllocationKnown)
        {
            return null;
        }

        _ = Access.Map.TryFind(record, what, out var runs);
        return new(runs.Count <= UdfLimits.MetadataRuns ? runs : runs[..UdfLimits.MetadataRuns], disc.BlockSize);
    }

    private MissingPartition Unknown(PartitionMap map)
    {
        IsIncomplete = true;
        disc.Damages.Add(
            DamageIds.UdfPartitionMapInvalid,
            null,
            $"A partition map is of the unknown type {map.Bytes[0]}.");
        return new();
    }

    private int IndexBelow(PartitionMap map) => maps.FindIndex(other =>
        other.Kind is PartitionMapKind.Plain or PartitionMapKind.Sparable && other.Number == map.Number);
}
