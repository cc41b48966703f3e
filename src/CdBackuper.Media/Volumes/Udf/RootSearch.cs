namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Looks for the root directory where the file set descriptor is lost: near a partition's beginning, by the descriptor
/// itself where only its address is wrong, else by the one directory that is its own parent (ECMA-167 4/8.6); and by the same mark for the
/// directory of system streams, which only the descriptor names (4/14.1.18).
/// </summary>
internal sealed class RootSearch
{
    private readonly VolumeAccess access;
    private FileSet? descriptor;
    private BlockAddress? root;
    private BlockAddress? streams;

    private RootSearch(VolumeAccess access) => this.access = access;

    /// <returns>Null when neither is found.</returns>
    public static FileSet? Find(VolumeAccess access, ushort likely)
    {
        // the partition where it should be, then the others, the last of which are made of the first
        var search = new RootSearch(access);
        var numbers = Enumerable.Range(0, access.Partitions.Length).Select(number => (ushort)number).Reverse();
        foreach (var number in numbers.Where(number => number != likely).Prepend(likely))
        {
            search.LookThrough(number);
            if (search.descriptor is { } descriptor)
            {
                return descriptor;
            }
        }

        return search.root is { } root ? new(null, null, 0, 0, root, search.streams, default) : null;
    }

    private void LookThrough(ushort partition)
    {
        var disc = access.Disc;
        var failures = 0;
        for (uint block = 0; block < UdfLimits.RootSearchBlocks && failures < UdfLimits.UnreadableSearchedSectors; block++)
        {
            var run = access.Structures.PartitionOf(partition).Find(block);
            if (run.Position < 0 && run.Blocks > 1)
            {
                break;
            }

            if (run.Position < 0 || disc.Reader.ReadBytes(new(run.Position, disc.BlockSize)) is not { } bytes)
            {
                failures += run.Position < 0 ? 0 : 1;
                continue;
            }

            var tag = DescriptorTag.Read(bytes);
            if (tag is { Id: TagId.FileSet, IsChecksumRight: true, IsCrcRight: true })
            {
                disc.Note(new(run.Position, disc.BlockSize));
                descriptor = FileSet.Read(bytes);
                return;
            }

            if (tag is { Id: TagId.FileEntry or TagId.ExtendedFileEntry, IsChecksumRight: true, IsCrcRight: true })
            {
                Consider(new(partition, block), (UdfFileType)bytes[27]);
            }
        }
    }

    private void Consider(BlockAddress address, UdfFileType type)
    {
        if (root is null && type == UdfFileType.Directory && IsOwnParent(address))
        {
            root = address;
        }

        if (streams is null && type == UdfFileType.StreamDirectory && IsOwnParent(address))
        {
            streams = address;
        }
    }

    private bool IsOwnParent(BlockAddress address)
    {
        if (access.Icbs.Read(address, "A directory that may be the root") is not { } record
            || !access.Map.TryFind(record, "A directory that may be the root", out var runs))
        {
            return false;
        }

        var cursor = new DirectoryCursor(access.Structures, runs);
        return cursor.MoveNext() && cursor.Current.IsParent && cursor.Current.Icb.Place == address;
    }
}
