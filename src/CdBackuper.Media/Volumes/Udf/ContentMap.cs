namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Finds where the content of a file lies, whole or in part.</summary>
internal sealed class ContentMap(StructureReader structures, AllocationReader allocations)
{
    private int runsLeft = UdfLimits.ExtentsInAll;

    public StructureReader Structures => structures;

    /// <param name="record">The file.</param>
    /// <param name="what">Whose it is, for people.</param>
    /// <param name="runs">
    /// The content's runs in file order. Together they are as long as the file, or shorter where the disc does not tell
    /// more; neighbours are one run.
    /// </param>
    /// <returns>False where further runs are lost.</returns>
    public bool TryFind(FileRecord record, string what, out List<ContentRun> runs)
    {
        runs = new(1);
        var left = (long)Math.Min(record.LengthBytes, long.MaxValue);
        if (!record.IsAllocationKnown)
        {
            structures.Disc.Damages.Add(
                DamageIds.UdfAllocationInvalid,
                UdfDisc.SectorOf(record.Position),
                $"{what} does not tell where its content lies.");
            return left == 0;
        }

        if (record.AllocationForm == AllocationDescriptor.Embedded)
        {
            var length = Math.Min(left, record.AllocationLength);
            if (length > 0)
            {
                runs.Add(new(record.Position + record.AllocationStart, length, null));
            }

            return length == left || !record.IsAllocationCut;
        }

        var (extents, isCut) = allocations.Read(record, what);
        foreach (var extent in extents)
        {
            var length = Math.Min(left, extent.Length);
            left -= length;
            if (!TryAdd(extent with { Length = length }, runs))
            {
                return false;
            }
        }

        return !isCut;
    }

    private bool TryAdd(AllocationDescriptor extent, List<ContentRun> runs)
    {
        if (extent.Kind != AllocationKind.Recorded)
        {
            Append(runs, new(UdfDisc.Nowhere, extent.Length, extent.Place, IsHole: true));
            return true;
        }

        var partition = structures.PartitionOf(extent.Place.Partition);
        var blockSize = structures.Disc.BlockSize;
        for (long offset = 0; offset < extent.Length;)
        {
            var block = extent.Place.Block + (offset / blockSize);
            var run = partition.Find(block);
            var length = Math.Min(extent.Length - offset, run.Blocks * blockSize);
            if (block > uint.MaxValue || runsLeft-- <= 0)
            {
                structures.Disc.Damages.Add(
                    DamageIds.LimitReached,
                    null,
                    "A file has too many runs: its end was left out.");
                return false;
            }

            Append(runs, new(run.Position, length, extent.Place with { Block = (uint)block }));
            offset += length;
        }

        return true;
    }

    private void Append(List<ContentRun> runs, ContentRun run)
    {
        if (runs is [.., var last] && last.IsHole == run.IsHole
            && (run.Position < 0 ? last.Position < 0 : last.Position + last.Length == run.Position)
            && (last.IsHole || IsNeighbour(last, run)))
        {
            runs[^1] = last with { Length = last.Length + run.Length };
        }
        else
        {
            runs.Add(run);
        }
    }

    /// <summary>
    /// Only runs whose blocks follow one another are joined, so that a block's copy can be found from the first.
    /// </summary>
    private bool IsNeighbour(ContentRun last, ContentRun run) =>
        last.Place is { } first && run.Place is { } next && first.Partition == next.Partition
        && last.Length % structures.Disc.BlockSize == 0
        && first.Block + (last.Length / structures.Disc.BlockSize) == next.Block;
}
