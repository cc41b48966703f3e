namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads the file set descriptor sequence (ECMA-167 4/8.3.1).</summary>
internal static class FileSetSequence
{
    private const string What = "The file set descriptor";

    /// <returns>The prevailing descriptor of the first file set; null when none can be read.</returns>
    public static FileSet? Read(StructureReader structures, AllocationDescriptor first)
    {
        FileSet? best = null;
        var seen = new HashSet<BlockAddress>();
        for (AllocationDescriptor? part = first; part is { } extent;)
        {
            part = null;
            var blocks = Math.Clamp(extent.Length / structures.Disc.BlockSize, 1, UdfLimits.FileSets);
            for (uint index = 0; index < blocks && seen.Count < UdfLimits.FileSets; index++)
            {
                var address = extent.Place with { Block = extent.Place.Block + index };
                if (!seen.Add(address) || (best is not null && !IsAnother(structures, address))
                    || structures.Read(address, id => id == TagId.FileSet, What) is not { } block)
                {
                    break;
                }

                var set = FileSet.Read(block.Bytes);
                best = best is null || IsBetter(set, best) ? set : best;
                if (set.Next.Length > 0)
                {
                    part = set.Next;
                    break;
                }
            }
        }

        return best;
    }

    private static bool IsBetter(FileSet set, FileSet known) =>
        set.SetNumber == known.SetNumber ? set.DescriptorNumber > known.DescriptorNumber : set.SetNumber < known.SetNumber;

    /// <summary>
    /// Behind the last descriptor stands a terminating one, or nothing is recorded: neither is a flaw.
    /// </summary>
    private static bool IsAnother(StructureReader structures, BlockAddress address)
    {
        var position = structures.PartitionOf(address.Partition).Find(address.Block).Position;
        return position >= 0
            && structures.Disc.Reader.ReadBytes(new(position, structures.Disc.BlockSize)) is { } bytes
            && DescriptorTag.Read(bytes).Id == TagId.FileSet;
    }
}
