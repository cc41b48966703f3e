namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads blocks with descriptors inside partitions, and their copies where the first is lost or flawed.</summary>
internal sealed class StructureReader(UdfDisc disc, UdfPartition[] partitions)
{
    private static readonly UdfPartition Missing = new MissingPartition();

    public UdfDisc Disc => disc;

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
        var (block, isReadable) = ReadAt(position, address, isWanted);
        if (block is { Quality: TagQuality.Sound })
        {
            return block;
        }

        var place = partition.FindCopy(address.Block);
        if (place >= 0 && place != position && ReadAt(place, address, isWanted).Block is { } copy
            && copy.Quality > (block?.Quality ?? TagQuality.Invalid))
        {
            disc.Damages.Add(
                DamageIds.UdfMirrorUsed,
                UdfDisc.SectorOf(position),
                $"{what} {(isReadable ? "is not whole" : "can't be read")}: its copy in the metadata mirror file was used.");
            block = copy;
        }

        Report(block, isReadable, position, address, what);
        return block;
    }

    private (TaggedBlock? Block, bool IsReadable) ReadAt(long position, BlockAddress address, Predicate<TagId> isWanted)
    {
        if (disc.Read(position, disc.BlockSize) is not { } bytes)
        {
            return (null, false);
        }

        var tag = DescriptorTag.Read(bytes);
        var quality = tag.At(address.Block);
        return (quality > TagQuality.Invalid && isWanted(tag.Id) ? new(tag.Id, quality, bytes, position) : null, true);
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
                disc.Damages.Add(DamageIds.UdfDescriptorFlawed, sector, $"{what} fails its checks: it was used as it is.");
                break;
            case TagQuality.Misplaced:
                disc.Damages.Add(DamageIds.UdfDescriptorMisplaced, sector, $"{what} says that it lies elsewhere.");
                break;
            default:
                break;
        }
    }
}
