namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Finds a file's prevailing entry in its ICB (ECMA-167 4/14.6, 4/8.10.1).</summary>
internal sealed class IcbReader(StructureReader structures)
{
    private const ushort ChainedStrategy = 4096;

    /// <summary>Sound chains share no blocks, so that all hops together are no more than the disc has blocks.</summary>
    private long hopsLeft = (structures.Disc.LengthBytes / structures.Disc.BlockSize) + UdfLimits.IcbHops;

    // of chains, which several names may share
    private readonly Dictionary<BlockAddress, FileRecord?> known = [];

    /// <param name="address">The ICB's first block.</param>
    /// <param name="what">Whose it is, for people.</param>
    /// <returns>Null when no entry can be read; the flaw is then noted.</returns>
    public FileRecord? Read(BlockAddress address, string what)
    {
        if (known.TryGetValue(address, out var before))
        {
            return before;
        }

        var left = hopsLeft;
        var record = ReadAnew(address, what);
        if (hopsLeft < left)
        {
            known.TryAdd(address, record);
        }

        return record;
    }

    private FileRecord? ReadAnew(BlockAddress address, string what)
    {
        FileRecord? latest = null;
        for (var (next, hops) = (address, 0); hops < UdfLimits.IcbHops; hops++)
        {
            if (structures.Read(next, IsEntry, what) is not { } block)
            {
                return latest;
            }

            switch (block.Id)
            {
                case TagId.IndirectEntry:
                    var icb = AllocationDescriptor.ReadLong(block.Bytes.AsSpan(36));
                    if (icb.Length == 0 || hopsLeft-- <= 0)
                    {
                        return latest;
                    }

                    next = icb.Place;
                    break;
                case TagId.TerminalEntry:
                    return latest;
                default:
                    latest = FileRecord.TryRead(block, next);
                    if (latest is null || latest.Strategy != ChainedStrategy || IsLast(next, out next))
                    {
                        return latest;
                    }

                    break;
            }
        }

        structures.Disc.Damages.Add(DamageIds.LimitReached, null, $"{what} is a chain that does not end.");
        return latest;
    }

    /// <summary>
    /// Strategy 4096 (ECMA-167 4/14.6.2, UDF 2.01 §6.6): behind each entry stands an indirect one that leads to the
    /// next
    /// ICB. Where nothing was recorded there, the entry is the last.
    /// </summary>
    private bool IsLast(BlockAddress entry, out BlockAddress next)
    {
        next = entry with { Block = entry.Block + 1 };
        var disc = structures.Disc;
        var position = structures.PartitionOf(next.Partition).Find(next.Block).Position;
        if (position < 0 || hopsLeft-- <= 0)
        {
            return true;
        }

        if (IsLink(position) is not false)
        {
            return false; // where it can't be read it is most likely lost
        }

        var partition = structures.PartitionOf(next.Partition);
        return partition.IsCopyOld || IsLink(partition.FindCopy(next.Block)) is not true;
    }

    /// <returns>Null where nothing can be read.</returns>
    private bool? IsLink(long position) =>
        position >= 0 && structures.Disc.Reader.ReadBytes(new(position, structures.Disc.BlockSize)) is { } bytes
            ? DescriptorTag.Read(bytes).Id is TagId.IndirectEntry or TagId.TerminalEntry
            : null;

    private static bool IsEntry(TagId id) => id is TagId.FileEntry or TagId.ExtendedFileEntry
        or TagId.IndirectEntry or TagId.TerminalEntry;
}
