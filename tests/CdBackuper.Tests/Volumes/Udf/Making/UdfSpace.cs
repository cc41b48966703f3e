namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>The sectors of a disc being written, and its partition's blocks as they are given out.</summary>
internal sealed class UdfSpace(int blockSize, UdfLayout layout)
{
    public const int PartitionStart = 288;

    /// <summary>Blocks of the metadata file, in two extents.</summary>
    public const int MetadataBlocks = 128;

    /// <summary>Where the metadata file's two halves begin, and the mirror's.</summary>
    public static readonly int[] MainHalves = [32, 128];
    public static readonly int[] MirrorHalves = [192, 288];

    private readonly SortedDictionary<long, byte[]> sectors = [];
    private long nextMetadata;

    public int BlockSize => blockSize;

    public UdfLayout Layout => layout;

    /// <summary>The next block of the physical partition that was never given out.</summary>
    public long Next { get; set; } = layout == UdfLayout.Metadata ? MirrorHalves[1] + (MetadataBlocks / 2) : 0;

    /// <summary>Where each virtual block lies.</summary>
    public List<uint> VirtualBlocks { get; } = [];

    /// <summary>Whose a block of the physical partition is, of those that have no copy.</summary>
    public Dictionary<long, UdfNode> Owners { get; } = [];

    /// <summary>The index of the partition that entries lie in.</summary>
    public int EntryPartition => layout is UdfLayout.Virtual or UdfLayout.Metadata ? 1 : 0;

    /// <summary>The index of the partition that directories and further lists of extents lie in.</summary>
    public int StructurePartition => layout == UdfLayout.Metadata ? 1 : 0;

    public void PutSector(long sector, ReadOnlySpan<byte> bytes)
    {
        for (var offset = 0; offset < bytes.Length; offset += blockSize)
        {
            var block = new byte[blockSize];
            bytes[offset..Math.Min(bytes.Length, offset + blockSize)].CopyTo(block);
            sectors[sector + (offset / blockSize)] = block;
        }
    }

    public byte[] Sector(long sector) => sectors.GetValueOrDefault(sector) ?? new byte[blockSize];

    public void PutBlock(long block, ReadOnlySpan<byte> bytes) => PutSector(PartitionStart + block, bytes);

    public long Allocate(long blocks)
    {
        var first = Next;
        Next += blocks;
        return first;
    }

    /// <summary>Gives out blocks of the partition that entries lie in.</summary>
    public long AllocateEntry(int blocks = 1)
    {
        switch (layout)
        {
            case UdfLayout.Virtual:
                VirtualBlocks.AddRange(Enumerable.Repeat(uint.MaxValue, blocks));
                return VirtualBlocks.Count - blocks;
            case UdfLayout.Metadata:
                nextMetadata += blocks;
                Assert.True(nextMetadata <= MetadataBlocks, "the made disc has too many entries");
                return nextMetadata - blocks;
            default:
                return Allocate(blocks);
        }
    }

    /// <summary>Gives out blocks of the partition that directories lie in.</summary>
    public long AllocateStructure(int blocks) => layout == UdfLayout.Metadata ? AllocateEntry(blocks) : Allocate(blocks);

    public void PutEntry(long block, ReadOnlySpan<byte> bytes, UdfNode? owner)
    {
        if (layout == UdfLayout.Virtual)
        {
            var place = Allocate(1);
            VirtualBlocks[(int)block] = (uint)place;
            PutOwned(place, bytes, owner);
        }
        else
        {
            PutStructure(block, bytes, owner);
        }
    }

    public void PutStructure(long block, ReadOnlySpan<byte> bytes, UdfNode? owner)
    {
        if (layout != UdfLayout.Metadata)
        {
            PutOwned(block, bytes, owner);
            return;
        }

        for (var offset = 0; offset < bytes.Length; offset += blockSize)
        {
            var at = block + (offset / blockSize);
            var part = bytes[offset..Math.Min(bytes.Length, offset + blockSize)];
            PutBlock(Half(MainHalves, at), part);
            PutBlock(Half(MirrorHalves, at), part);
        }
    }

    public void PutOwned(long block, ReadOnlySpan<byte> bytes, UdfNode? owner)
    {
        PutBlock(block, bytes);
        for (var index = 0; owner is not null && index * blockSize < Math.Max(1, bytes.Length); index++)
        {
            Owners[block + index] = owner;
        }
    }

    public byte[] ToBytes(long sectorCount)
    {
        var image = new byte[sectorCount * blockSize];
        foreach (var (sector, bytes) in sectors)
        {
            bytes.CopyTo(image, sector * blockSize);
        }

        return image;
    }

    public static long Half(int[] halves, long block) =>
        halves[block / (MetadataBlocks / 2)] + (block % (MetadataBlocks / 2));
}
