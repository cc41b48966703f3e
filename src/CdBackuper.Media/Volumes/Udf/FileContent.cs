namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Turns what an entry says of its content into extents of the disc, and says where that does not add up.
/// </summary>
internal sealed class FileContent(ContentMap map)
{
    private readonly UdfDisc disc = map.Structures.Disc;

    /// <param name="record">A file or stream.</param>
    /// <param name="name">Its name, for people.</param>
    /// <returns>
    /// Its length and its extents, null where nothing is known of them. Bytes of a file that have no place on the disc
    /// are said to lie behind its end, where nothing is ever read: they count as lost.
    /// </returns>
    public (long Size, IReadOnlyList<Extent>? Extents) Read(FileRecord record, string name)
    {
        var isWhole = map.TryFind(record, $"The file {DamageLog.Quote(name)}", out var runs);
        if (!record.IsAllocationKnown && record.LengthBytes > 0)
        {
            return (record.LengthBytes <= (ulong)disc.LengthBytes ? (long)record.LengthBytes : 0, null);
        }

        var extents = new List<Extent>(runs.Count);
        var size = 0L;
        foreach (var run in runs)
        {
            size += run.Length;
            Append(extents, run.IsHole ? Extent.Nowhere : run.Position < 0 ? disc.LengthBytes : run.Position, run.Length);
        }

        if ((ulong)size < record.LengthBytes)
        {
            size += Complete(record, name, extents, isWhole, record.LengthBytes - (ulong)size, RoomBehind(runs));
        }

        Check(record, name, extents);
        return (size, size == 0 ? [] : extents.ToArray());
    }

    /// <returns>How many bytes were added to the extents, which do not reach the end that the entry tells.</returns>
    private long Complete(
        FileRecord record, string name, List<Extent> extents, bool isWhole, ulong missing, (long Start, long Length) room)
    {
        var quoted = DamageLog.Quote(name);
        var sector = UdfDisc.SectorOf(record.Position);
        var isEmbedded = record.AllocationForm == AllocationDescriptor.Embedded;
        if ((!isWhole || record.IsFlawed || isEmbedded) && missing <= (ulong)disc.LengthBytes)
        {
            disc.Damages.Add(
                DamageIds.UdfAllocationInvalid,
                sector,
                $"Where the last {missing} bytes of the file {quoted} lie is lost.");
            Append(extents, disc.LengthBytes, (long)missing);
            return (long)missing;
        }

        // Linux may leave the last extent shorter than what it appended to the last block. It reads whole blocks, and zeros where no extent
        // tells of bytes.
        var behind = Math.Min(missing, (ulong)room.Length);
        if (behind > 0)
        {
            Append(extents, room.Start, (long)behind);
        }

        var isImplied = isWhole && !isEmbedded && missing <= UdfLimits.ImpliedZeroBytes;
        var rest = isImplied ? (long)(missing - behind) : disc.BlockSize;
        if (rest > 0)
        {
            Append(extents, isImplied ? Extent.Nowhere : disc.LengthBytes, rest);
        }

        disc.Damages.Add(
            DamageIds.UdfLengthInvalid,
            sector,
            $"The file {quoted} should have {record.LengthBytes} bytes, but {missing} of them belong to no extent: "
            + (!isImplied ? "it was cut there, and counts as damaged."
                : rest == 0 ? "they were taken from the rest of its last block."
                : "they are zeros, but for what the rest of its last block has."));
        return (long)behind + rest;
    }

    /// <returns>What the last block of the content has behind its end; nothing where that block was not recorded.</returns>
    private (long Start, long Length) RoomBehind(List<ContentRun> runs) =>
        runs is [.., { IsHole: false, Position: >= 0, Place: not null } last] && last.Length % disc.BlockSize is > 0 and var used
            ? (last.Position + last.Length, disc.BlockSize - used)
            : default;

    private void Check(FileRecord record, string name, List<Extent> extents)
    {
        foreach (var extent in extents)
        {
            if (extent.IsStored && extent.Start + extent.Length > disc.LengthBytes)
            {
                disc.Damages.Add(
                    DamageIds.ExtentPastEnd,
                    UdfDisc.SectorOf(record.Position),
                    $"The file {DamageLog.Quote(name)} lies, in part or in whole, where the disc has no bytes.");
                return;
            }
        }
    }

    private static void Append(List<Extent> extents, long start, long length)
    {
        if (extents is [.., var last]
            && (start == Extent.Nowhere ? last.Start == start : last.IsStored && last.Start + last.Length == start))
        {
            extents[^1] = last with { Length = last.Length + length };
        }
        else
        {
            extents.Add(new(start, length));
        }
    }
}
