namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Looks for the root directory where the file set descriptor is lost: near a partition's beginning, by the descriptor
/// itself where only its address is wrong, else by the one directory that is its own parent (ECMA-167 4/8.6).
/// </summary>
internal static class RootSearch
{
    /// <returns>Null when neither is found.</returns>
    public static FileSet? Find(VolumeAccess access, ushort likely)
    {
        // the partition where it should be, then the others, the last of which are made of the first
        FileSet? root = null;
        var numbers = Enumerable.Range(0, access.Partitions.Length).Select(number => (ushort)number).Reverse();
        foreach (var number in numbers.Where(number => number != likely).Prepend(likely))
        {
            var (found, isDescriptor) = Find(access, number, root is null);
            if (isDescriptor)
            {
                return found;
            }

            root ??= found;
        }

        return root;
    }

    private static (FileSet? Found, bool IsDescriptor) Find(VolumeAccess access, ushort partition, bool isRootWanted)
    {
        var disc = access.Disc;
        FileSet? root = null;
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
            if (!tag.IsChecksumRight || !tag.IsCrcRight)
            {
                continue;
            }

            if (tag.Id == TagId.FileSet)
            {
                disc.Note(new(run.Position, disc.BlockSize));
                return (FileSet.Read(bytes), true);
            }

            var address = new BlockAddress(partition, block);
            if (root is null && isRootWanted && tag.Id is TagId.FileEntry or TagId.ExtendedFileEntry
                && (UdfFileType)bytes[27] == UdfFileType.Directory && IsOwnParent(access, address))
            {
                root = new(null, null, 0, 0, address, null, default);
            }
        }

        return (root, false);
    }

    private static bool IsOwnParent(VolumeAccess access, BlockAddress address)
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
