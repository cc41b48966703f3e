using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Reads the allocation descriptors of entries, and of the extents that they go on in (ECMA-167 4/12, 4/14.5).
/// </summary>
internal sealed class AllocationReader(StructureReader structures)
{
    private const int ExtentHeader = 24;

    /// <summary>Sound files share no blocks of descriptors.</summary>
    private long continuationsLeft = structures.Disc.LengthBytes / structures.Disc.BlockSize;

    private int extentsLeft = UdfLimits.ExtentsInAll;

    // of entries with further lists, which several names may share
    private readonly Dictionary<BlockAddress, AllocationList> known = [];

    /// <param name="record">An entry whose content is not embedded.</param>
    /// <param name="what">Whose it is, for people.</param>
    public AllocationList Read(FileRecord record, string what)
    {
        if (known.TryGetValue(record.Address, out var before))
        {
            return before;
        }

        var list = ReadAnew(record, what, out var hasFurther);
        if (hasFurther)
        {
            known.TryAdd(record.Address, list);
        }

        return list;
    }

    private AllocationList ReadAnew(FileRecord record, string what, out bool hasFurther)
    {
        hasFurther = false;
        var extents = new List<AllocationDescriptor>(1);
        var bytes = record.Allocation;
        var isCut = record.IsAllocationCut || !record.IsAllocationKnown;
        ulong covered = 0;
        while (true)
        {
            var next = Take(bytes, record, extents, ref covered, out var isOverLimit);
            isCut |= isOverLimit;
            if (next is not { } place || isOverLimit)
            {
                return new(extents, isCut && covered < record.LengthBytes);
            }

            hasFurther = true;
            var list = $"A further list of extents of {what}";
            if (continuationsLeft-- <= 0
                || structures.Read(place, id => id == TagId.AllocationExtent, list) is not { } block)
            {
                return new(extents, true);
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(block.Bytes.AsSpan(20));
            isCut |= length > block.Bytes.Length - ExtentHeader;
            bytes = block.Bytes.AsSpan(ExtentHeader, (int)Math.Min(length, block.Bytes.Length - ExtentHeader));
        }
    }

    /// <returns>Where the descriptors go on; null where these are the last.</returns>
    private BlockAddress? Take(
        ReadOnlySpan<byte> bytes,
        FileRecord record,
        List<AllocationDescriptor> extents,
        ref ulong covered,
        out bool isOverLimit)
    {
        isOverLimit = false;
        var step = AllocationDescriptor.LengthOf(record.AllocationForm);

        // What lies behind the content's end is kept room (the file's tail, 4/12.1), which tells nothing.
        for (; step > 0 && bytes.Length >= step && covered < record.LengthBytes; bytes = bytes[step..])
        {
            var extent = AllocationDescriptor.Read(bytes, record.AllocationForm, record.Address.Partition);
            if (extent.Kind == AllocationKind.Continuation)
            {
                return extent.Place;
            }

            if (AllocationDescriptor.IsEnd(bytes))
            {
                return null;
            }

            if (extent.Length == 0)
            {
                continue; // room of which the file has nothing
            }

            if (extents.Count >= UdfLimits.ExtentsPerFile || extentsLeft-- <= 0)
            {
                isOverLimit = true;
                structures.Disc.Damages.Add(
                    DamageIds.LimitReached,
                    null,
                    "A file has too many extents: its end was left out.");
                return null;
            }

            extents.Add(extent);
            covered += (ulong)extent.Length;
        }

        return null;
    }
}
