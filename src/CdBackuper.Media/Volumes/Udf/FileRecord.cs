using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// A file entry or extended file entry (ECMA-167 4/14.9, 4/14.17): all that is known of a file but its name.
/// </summary>
internal sealed class FileRecord
{
    private const int IcbTag = DescriptorTag.Length;
    private const int CreationSubtype = 1;
    private const int FileTimesType = 5;

    private readonly byte[] bytes;
    private readonly bool isExtended;

    private FileRecord(TaggedBlock block, BlockAddress address)
    {
        bytes = block.Bytes;
        isExtended = block.Id == TagId.ExtendedFileEntry;
        Address = address;
        Position = block.Position;
        IsFlawed = block.Quality == TagQuality.Flawed;
        IsMisplaced = block.Quality == TagQuality.Misplaced;

        // 64 bits, so that lengths of 4 GiB do not turn over
        var fixedLength = isExtended ? 216 : 176;
        var attributes = Long(fixedLength - 8);
        var start = fixedLength + attributes;
        IsAllocationKnown = start <= bytes.Length && AllocationForm <= AllocationDescriptor.Embedded;
        AllocationStart = (int)Math.Min(start, bytes.Length);
        var length = Long(fixedLength - 4);
        AllocationLength = (int)Math.Min(length, bytes.Length - AllocationStart);
        IsAllocationCut = AllocationLength < length;
        AttributesStart = fixedLength;
    }

    /// <summary>Where the entry lies.</summary>
    public BlockAddress Address { get; }

    /// <summary>Where its first byte lies on the disc.</summary>
    public long Position { get; }

    /// <summary>True where its check sum fails: some of its bytes are not what was written.</summary>
    public bool IsFlawed { get; }

    /// <summary>True where it says that it lies elsewhere: it may be another file's.</summary>
    public bool IsMisplaced { get; }

    /// <summary>The block of its partition in which it says that it lies (ECMA-167 3/7.2.8, 4/7.2).</summary>
    public uint StatedBlock => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12));

    /// <summary>The strategy by which the ICB's entries follow one another (ECMA-167 4/14.6.2).</summary>
    public ushort Strategy => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(IcbTag + 4));

    /// <summary>How many names lead to the file; 0 for one that was deleted.</summary>
    public ushort LinkCount => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(48));

    public UdfFileType Type => (UdfFileType)bytes[IcbTag + 11];

    public uint Mode => UdfMode.Of(Type, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(44)), Flags);

    /// <summary>The content's length; more than any file's where the disc says so.</summary>
    public ulong LengthBytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(56));

    /// <summary>In which form the extents are described, or that the content itself stands there.</summary>
    public int AllocationForm => Flags & 7;

    /// <summary>False where nothing can be said of the extents.</summary>
    public bool IsAllocationKnown { get; }

    /// <summary>True where the entry says that more descriptors stand in it than it has room for.</summary>
    public bool IsAllocationCut { get; }

    /// <summary>The first byte of the allocation descriptors, from the entry's beginning.</summary>
    public int AllocationStart { get; }

    /// <summary>Bytes of the allocation descriptors.</summary>
    public int AllocationLength { get; }

    public ReadOnlySpan<byte> Allocation => bytes.AsSpan(AllocationStart, AllocationLength);

    /// <summary>The directory of the file's named streams; null where it has none (ECMA-167 4/14.17.18).</summary>
    public BlockAddress? Streams
    {
        get
        {
            var icb = isExtended ? AllocationDescriptor.ReadLong(bytes.AsSpan(152)) : default;
            return icb is { Kind: AllocationKind.Recorded, Length: > 0 } ? icb.Place : null;
        }
    }

    private int AttributesStart { get; }

    private ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(IcbTag + 18));

    /// <returns>Null when the block is too short to hold an entry.</returns>
    public static FileRecord? TryRead(TaggedBlock block, BlockAddress address) =>
        block.Bytes.Length >= DescriptorPool.DescriptorLength ? new(block, address) : null;

    /// <returns>False when the time is none.</returns>
    public bool TryReadModified(out DateTimeOffset? time) => UdfTime.TryRead(bytes.AsSpan(isExtended ? 92 : 84), out time);

    /// <returns>False when the time is none. An entry without a time has null.</returns>
    public bool TryReadCreated(out DateTimeOffset? time)
    {
        if (isExtended)
        {
            return UdfTime.TryRead(bytes.AsSpan(104), out time);
        }

        time = null;
        return FindCreation() is not { } at || UdfTime.TryRead(bytes.AsSpan(at), out time);
    }

    /// <summary>
    /// The plain entry has no creation time, but may carry it as an extended attribute (ECMA-167 4/14.10.5), in the
    /// space behind its header (4/14.10.1).
    /// </summary>
    private int? FindCreation()
    {
        var position = AttributesStart + 24;
        while (position + 20 + UdfTime.Length <= AllocationStart)
        {
            var length = Long(position + 8);
            var hasCreation = (bytes[position + 16] & 1) != 0; // the times are in the order of their bits
            if (Long(position) == FileTimesType && bytes[position + 4] == CreationSubtype && hasCreation)
            {
                return position + 20;
            }

            if (length is < 12 or > int.MaxValue)
            {
                return null;
            }

            position = (int)Math.Min(position + length, bytes.Length);
        }

        return null;
    }

    private long Long(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
