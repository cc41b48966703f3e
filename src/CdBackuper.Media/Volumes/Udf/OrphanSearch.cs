using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Looks for files and directories that no name leads to any more, since a directory is lost. Names stand in
/// directories
/// alone, so that a file is found without its own; but what a directory holds keeps its names, and the directory itself
/// says which one it lay in (ECMA-167 4/8.6).
/// </summary>
internal sealed class OrphanSearch
{
    private readonly VolumeAccess access;
    private readonly UdfTree tree;
    private readonly UdfDisc disc;
    private readonly ushort partition;
    private readonly FreeBlocks free;
    private readonly SortedDictionary<long, BlockAddress> found = [];

    private OrphanSearch(VolumeAccess access, UdfTree tree, ushort partition, FreeBlocks free)
    {
        this.access = access;
        this.tree = tree;
        this.partition = partition;
        this.free = free;
        disc = access.Disc;
    }

    /// <summary>Adds what it finds to the tree. Reads a partition once.</summary>
    /// <param name="access">The volume.</param>
    /// <param name="tree">Its tree, as far as names lead.</param>
    /// <param name="partition">The index of the partition that entries lie in.</param>
    /// <param name="free">The blocks of it that hold old entries, if any.</param>
    public static void Run(VolumeAccess access, UdfTree tree, ushort partition, FreeBlocks free)
    {
        var search = new OrphanSearch(access, tree, partition, free);
        if (access.Structures.PartitionOf(partition) is PlainPartition or SparablePartition)
        {
            search.LookThroughDisc();
        }
        else
        {
            search.LookThroughBlocks();
        }

        search.Adopt();
    }

    private void LookThroughDisc()
    {
        var all = access.Structures.PartitionOf(partition);
        var start = Math.Max(0, all.Find(0).Position);
        var end = Math.Min(disc.LengthBytes, start + (all.Blocks * disc.BlockSize));
        foreach (var (sector, bytes) in BackwardScan.Run(disc.Reader, start / Sector.Size, Sector.Count(end)))
        {
            for (var offset = 0; offset < Sector.Size; offset += disc.BlockSize)
            {
                var position = (sector * Sector.Size) + offset;
                Consider(bytes.AsSpan(offset), position, (position - start) / disc.BlockSize);
            }
        }
    }

    private void LookThroughBlocks()
    {
        var all = access.Structures.PartitionOf(partition);
        var blocks = Math.Min(all.Blocks, disc.LengthBytes / disc.BlockSize);
        for (long block = 0; block < blocks; block++)
        {
            var position = all.Find(block).Position;
            if (position >= 0 && !tree.IsKnown(position)
                && disc.Reader.ReadBytes(new(position, Math.Min(disc.BlockSize, Sector.Size))) is { } bytes)
            {
                Consider(bytes, position, block);
            }
        }
    }

    private void Consider(ReadOnlySpan<byte> bytes, long position, long block)
    {
        if ((TagId)BitConverter.ToUInt16(bytes) is not (TagId.FileEntry or TagId.ExtendedFileEntry)
            || found.Count >= UdfLimits.Entries || tree.IsKnown(position) || free.Contains(block))
        {
            return;
        }

        var tag = DescriptorTag.Read(bytes[..Math.Min(bytes.Length, disc.BlockSize)]);
        var all = access.Structures.PartitionOf(partition);
        if (tag.At(all.IsAlias(block, tag.Location) ? tag.Location : block) == TagQuality.Sound
            && tag.HasCrc && all.Find(block).Position == position)
        {
            found.Add(position, new(partition, (uint)block));
        }
    }

    private void Adopt()
    {
        // directories that lay in a lost one first, and what lies below them with them; then what is left
        var count = 0;
        foreach (var isTopWanted in new[] { true, false })
        {
            foreach (var (position, address) in found)
            {
                if (!tree.IsKnown(position) && Read(address) is { Type: UdfFileType.Directory } record)
                {
                    var parent = ParentOf(record);
                    if (!isTopWanted || !found.ContainsKey(parent) || tree.IsKnown(parent))
                    {
                        tree.Adopt(tree.DirectoryAt(parent), record, $"lost directory {address.Block}");
                        count++;
                    }
                }
            }
        }

        foreach (var (position, address) in found)
        {
            if (!tree.IsKnown(position) && Read(address) is { Type: UdfFileType.Regular or UdfFileType.RealTime } record)
            {
                tree.Adopt(null, record, $"lost file {address.Block}");
                count++;
            }
        }

        if (count > 0)
        {
            disc.Damages.Add(
                DamageIds.UdfOrphansFound,
                null,
                $"{count} files and directories were found that no name leads to: they are called after their blocks.");
        }
    }

    /// <returns>
    /// The entry; null for one that does not count: of a deleted file, or an earlier state (strategy 4096).
    /// </returns>
    private FileRecord? Read(BlockAddress address) =>
        access.Icbs.Read(address, "A lost entry") is { Strategy: 4, LinkCount: > 0 } record ? record : null;

    /// <returns>Where the entry of the directory above lies, as the directory says itself.</returns>
    private long ParentOf(FileRecord record)
    {
        _ = access.Map.TryFind(record, "A lost directory", out var runs);
        if (runs is not [var first, ..])
        {
            return UdfDisc.Nowhere;
        }

        // the first name, which stands in the first block
        var cursor = new DirectoryCursor(access.Structures, [first with { Length = Math.Min(first.Length, disc.BlockSize) }]);
        if (cursor.MoveNext() && cursor.Current.IsParent)
        {
            var place = cursor.Current.Icb.Place;
            return access.Structures.PartitionOf(place.Partition).Find(place.Block).Position;
        }

        return UdfDisc.Nowhere;
    }
}
