using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Reads blocks with descriptors inside partitions, and their copies where the first is lost or flawed.
/// </summary>
internal sealed class StructureReader(UdfDisc disc, UdfPartition[] partitions)
{
    private static readonly UdfPartition Missing = new MissingPartition();

    private readonly HashSet<long> old = [];

    public UdfDisc Disc => disc;

    /// <summary>True once something was read as it was in an earlier state of the disc: it may have changed since.</summary>
    public bool HasOld => old.Count > 0;

    /// <returns>True for the place of what was read as it was in an earlier state of the disc.</returns>
    public bool IsOld(long position) => old.Contains(position);

    /// <returns>The partition of that index; one without blocks where the volume has none such.</returns>
    public UdfPartition PartitionOf(ushort index) => index < partitions.Length ? partitions[index] : Missing;

    /// <param name="address">The block.</param>
    /// <param name="isWanted">Which descriptors make sense there.</param>
    /// <param name="what">What it should be, for people.</param>
    /// <returns>Null when there is none, or none that can be read; the flaw is then noted.</returns>
    public TaggedBlock? Read(BlockAddress address, Predicate<TagId> isWanted, string what)
    {
        var partition = PartitionOf(address.Partition);
        var position = partition.Find(address.Block).Position;
        var (block, isReadable) = ReadAt(position, partition, address, isWanted);
        if (block is { Quality: TagQuality.Sound })
        {
            return block;
        }

        if (block is { Quality: TagQuality.Flawed } && partition.IsCopyOld)
        {
            Report(block, isReadable, position, address, what);
            return block; // a flaw in what is new is better than what is old
        }

        var place = partition.FindCopy(address.Block);
        if (place >= 0 && place != position && ReadAt(place, partition, address, isWanted).Block is { } copy
            && copy.Quality > (block?.Quality ?? TagQuality.Invalid))
        {
            ReportCopy(partition, isReadable, position, what);
            block = copy;
            if (partition.IsCopyOld)
            {
                old.Add(place);
            }
        }

        Report(block, isReadable, position, address, what);
        return block;
    }

    private void ReportCopy(UdfPartition partition, bool isReadable, long position, string what)
    {
        var flaw = isReadable ? "is not whole" : position < 0 ? "is not in the virtual allocation table" : "can't be read";
        disc.Damages.Add(
            partition.IsCopyOld ? DamageIds.UdfVatEarlier : DamageIds.UdfMirrorUsed,
            UdfDisc.SectorOf(position),
            partition.IsCopyOld
                ? $"{what} {flaw}: the last other one that the disc has was used, which may be of an earlier state."
                : $"{what} {flaw}: its copy in the metadata mirror file was used.");
    }

    private (TaggedBlock? Block, bool IsReadable) ReadAt(
        long position, UdfPartition partition, BlockAddress address, Predicate<TagId> isWanted)
    {
        if ((disc.Read(position, disc.BlockSize) ?? ReadBeginning(position)) is not { } bytes)
        {
            return (null, false);
        }

        var tag = DescriptorTag.Read(bytes);
        var quality = tag.At(partition.IsAlias(address.Block, tag.Location) ? tag.Location : address.Block);
        return (quality > TagQuality.Invalid && isWanted(tag.Id) ? new(tag.Id, quality, bytes, position) : null, true);
    }

    /// <summary>
    /// Of a block of two sectors the first is enough where the descriptor is short: its own check says whether it is.
    /// </summary>
    private byte[]? ReadBeginning(long position)
    {
        if (disc.BlockSize <= Sector.Size || disc.Read(position, Sector.Size) is not { } beginning
            || DescriptorTag.Read(beginning) is not { IsChecksumRight: true, IsCrcRight: true })
        {
            return null;
        }

        Array.Resize(ref beginning, disc.BlockSize);
        return beginning;
    }

    private void Report(TaggedBlock? block, bool isReadable, long position, BlockAddress address, string what)
    {
        var sector = UdfDisc.SectorOf(block?.Position ?? position);
        switch (block?.Quality)
        {
            case null when position < 0:
                disc.Damages.Add(
                    DamageIds.UdfAddressInvalid,
                    null,
                    $"{what} should lie in block {address.Block} of partition {address.Partition}, which there is not.");
                break;
            case null when !isReadable:
                disc.Damages.Add(DamageIds.StructureUnreadable, sector, $"{what} can't be read.");
                break;
            case null:
                disc.Damages.Add(DamageIds.UdfDescriptorInvalid, sector, $"{what} is not where it should be.");
                break;
            case TagQuality.Flawed:
                disc.Damages.Add(
                    DamageIds.UdfDescriptorFlawed,
                    sector,
                    $"{what} fails its checks: it was used as it is.");
                break;
            case TagQuality.Misplaced:
                disc.Damages.Add(DamageIds.UdfDescriptorMisplaced, sector, $"{what} says that it lies elsewhere.");
                break;
            default:
                break;
        }
    }
}
