using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The master directory block of HFS (Inside Macintosh: Files, 2-61), or its copy at the volume's end.
/// </summary>
internal sealed class MasterDirectoryBlock
{
    public const int Bytes = 162;
    public const ushort Signature = 0x4244;
    public const int RunsOfRecord = 3;

    private const int LongestName = 27;
    private const int CatalogRunsAt = 150;
    private const int LargestBlock = 1 << 26;
    private const ushort EmbeddedSignature = 0x482B;

    private readonly byte[] bytes;

    private MasterDirectoryBlock(byte[] bytes, ByteRange place, long volumeStart)
    {
        this.bytes = bytes;
        Place = place;
        VolumeStart = volumeStart;
        Grid = new(volumeStart + (U16(28) * 512L), U32(20), U16(18));
    }

    /// <summary>Where it lies on the disc.</summary>
    public ByteRange Place { get; }

    public long VolumeStart { get; }

    public BlockGrid Grid { get; }

    public DateTimeOffset? Created => MacDate.Read(U32(2));

    public DateTimeOffset? Modified => MacDate.Read(U32(6));

    public ReadOnlySpan<byte> RawName => bytes.AsSpan(37, Math.Min((int)bytes[36], LongestName));

    public ReadOnlySpan<byte> FinderBytes => bytes.AsSpan(92, 32);

    public uint OverflowBytes => U32(130);

    public uint CatalogBytes => U32(146);

    /// <summary>
    /// The first byte behind the allocation blocks. The copy of this block follows, or lies in the last of them, where
    /// the volume's length is no multiple of theirs (as genisoimage has it).
    /// </summary>
    public long End => Grid.FirstByte + Grid.LengthBytes;

    /// <summary>True where it says that it is but a wrapper around a volume of HFS+ (TN1150, "HFS Wrapper").</summary>
    public bool IsWrapper => U16(124) == EmbeddedSignature;

    /// <summary>Where the volume lies that this one is a wrapper of; of one that is none anything, or null.</summary>
    public ByteRange? Embedded => U16(128) > 0
        ? new(Grid.FirstByte + (U16(126) * Grid.BlockSize), U16(128) * Grid.BlockSize)
        : null;

    public void CopyOverflowRuns(Span<BlockRun> runs) => CopyRuns(134, runs);

    public void CopyCatalogRuns(Span<BlockRun> runs) => CopyRuns(CatalogRunsAt, runs);

    /// <returns>Null when there is none at <paramref name="at"/> that can be used, or it can't be read.</returns>
    public static MasterDirectoryBlock? Read(DiscReader disc, long volumeStart, long at) =>
        ReadUsable(disc, volumeStart, at) is { } block && block.U16(0) == Signature ? block : null;

    /// <returns>A block of whose signature one byte is another; whether it is one what it leads to must tell.</returns>
    public static MasterDirectoryBlock? ReadDamaged(DiscReader disc, long volumeStart, long at) =>
        ReadUsable(disc, volumeStart, at) is { } block && (block.U16(0) ^ Signature) is > 0 and var wrong && (wrong <= 0xFF || wrong % 0x100 == 0) ? block : null;

    private static MasterDirectoryBlock? ReadUsable(DiscReader disc, long volumeStart, long at) =>
        at >= 0 && at <= disc.LengthBytes - Bytes && disc.ReadBytes(new(at, Bytes)) is { } bytes
        && new MasterDirectoryBlock(bytes, new(at, Bytes), volumeStart) is { IsUsable: true } block ? block : null;

    /// <returns>
    /// The same block with the catalog in one piece from another place on; null where no allocation block begins there.
    /// </returns>
    public MasterDirectoryBlock? WithCatalogAt(long start)
    {
        var block = (start - Grid.FirstByte) / Grid.BlockSize;
        if (start < Grid.FirstByte || (start - Grid.FirstByte) % Grid.BlockSize != 0 || block >= Grid.BlockCount)
        {
            return null;
        }

        var moved = (byte[])bytes.Clone();
        var count = Math.Min(ushort.MaxValue, (CatalogBytes / Grid.BlockSize) + 1);
        moved.AsSpan(CatalogRunsAt, RunsOfRecord * 4).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(moved.AsSpan(CatalogRunsAt), (ushort)block);
        BinaryPrimitives.WriteUInt16BigEndian(moved.AsSpan(CatalogRunsAt + 2), (ushort)count);
        return new(moved, Place, VolumeStart);
    }

    /// <summary>Puts a block together of what is known without.</summary>
    /// <param name="firstByte">Where allocation block 0 lies.</param>
    /// <param name="blockSize">A multiple of 512.</param>
    /// <param name="blockCount">How many there are room for.</param>
    /// <param name="catalog">The catalog, as if it lay in one piece.</param>
    /// <param name="overflow">The extents overflow file; of no nodes where it was not found.</param>
    /// <returns>Null where they do not fit.</returns>
    public static MasterDirectoryBlock? Assemble(
        long firstByte, uint blockSize, ushort blockCount, TreeSearch.FoundTree catalog, TreeSearch.FoundTree overflow)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Signature);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), blockCount);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), blockSize);
        foreach (var (at, tree) in new[] { (130, overflow), (146, catalog) }.Where(row => row.Item2.Nodes > 0))
        {
            var (start, count) = ((tree.At - firstByte) / blockSize, ((tree.LengthBytes - 1) / blockSize) + 1);
            if (start is < 0 or > ushort.MaxValue || count > ushort.MaxValue)
            {
                return null;
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), (uint)tree.LengthBytes);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 4), (ushort)start);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 6), (ushort)count);
        }

        var block = new MasterDirectoryBlock(bytes, new(firstByte, 0), firstByte);
        return block.IsUsable ? block : null;
    }

    private bool IsUsable =>
        Grid is { BlockSize: >= 512 and <= LargestBlock, BlockCount: > 0 } && Grid.BlockSize % 512 == 0;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    private void CopyRuns(int at, Span<BlockRun> runs)
    {
        for (var index = 0; index < RunsOfRecord; index++)
        {
            runs[index] = new(U16(at + (index * 4)), U16(at + (index * 4) + 2));
        }
    }
}
