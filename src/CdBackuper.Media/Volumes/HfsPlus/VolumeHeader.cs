using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>The volume header of HFS+ and HFSX (TN1150, "Volume Header"), or its copy at the volume's end.</summary>
internal sealed class VolumeHeader
{
    public const int Bytes = 512;

    private const ushort PlusSignature = 0x482B;
    private const ushort ExtendedSignature = 0x4858;
    private const long LargestBlock = 1 << 26;
    private const uint JournaledBit = 1 << 13;

    private readonly byte[] bytes;

    private VolumeHeader(byte[] bytes, ByteRange place, long volumeStart)
    {
        this.bytes = bytes;
        Place = place;
        Grid = new(volumeStart, U32(40), U32(44));
    }

    /// <summary>Where it lies on the disc.</summary>
    public ByteRange Place { get; }

    public BlockGrid Grid { get; }

    public bool IsExtended => U16(0) == ExtendedSignature;

    /// <summary>Unlike all other dates, in local time of an unknown place ("HFS Plus Dates").</summary>
    public DateTimeOffset? Created => MacDate.Read(U32(16));

    public DateTimeOffset? Modified => MacDate.Read(U32(20));

    public ReadOnlySpan<byte> FinderBytes => bytes.AsSpan(80, 32);

    /// <summary>
    /// The system that last wrote the volume: four characters, <c>10.0</c> for Mac OS X, <c>8.10</c> for Mac OS 8.1.
    /// </summary>
    public string LastMountedVersion => Encoding.Latin1.GetString(bytes, 8, 4);

    /// <summary>The block where the journal is described; null where there is none.</summary>
    public uint? JournalBlock => (U32(4) & JournaledBit) != 0 && U32(12) != 0 ? U32(12) : null;

    public ReadOnlySpan<byte> OverflowFork => bytes.AsSpan(192, HfsPlusFork.Bytes);

    public ReadOnlySpan<byte> CatalogFork => bytes.AsSpan(272, HfsPlusFork.Bytes);

    public ReadOnlySpan<byte> AttributesFork => bytes.AsSpan(352, HfsPlusFork.Bytes);

    /// <returns>Null when there is none at <paramref name="at"/> that can be used, or it can't be read.</returns>
    public static VolumeHeader? Read(DiscReader disc, long volumeStart, long at)
    {
        if (at < 0 || at > disc.LengthBytes - Bytes || disc.ReadBytes(new(at, Bytes)) is not { } bytes)
        {
            return null;
        }

        var header = new VolumeHeader(bytes, new(at, Bytes), volumeStart);
        return header.U16(0) is PlusSignature or ExtendedSignature && header.IsUsable ? header : null;
    }

    /// <summary>Puts a header together of what is known without.</summary>
    /// <param name="volumeStart">Where block 0 lies.</param>
    /// <param name="blockSize">A power of two.</param>
    /// <param name="blockCount">How many there are room for.</param>
    /// <param name="catalog">The catalog, as if it lay in one piece.</param>
    /// <param name="overflow">The extents overflow file; of no nodes where it was not found.</param>
    /// <param name="attributes">The attributes file; likewise.</param>
    public static VolumeHeader Assemble(
        long volumeStart, uint blockSize, uint blockCount, TreeSearch.FoundTree catalog, TreeSearch.FoundTree overflow, TreeSearch.FoundTree attributes)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, PlusSignature);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(40), blockSize);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(44), blockCount);
        foreach (var (at, tree) in new[] { (192, overflow), (272, catalog), (352, attributes) }.Where(row => row.Item2.Nodes > 0))
        {
            var fork = bytes.AsSpan(at, HfsPlusFork.Bytes);
            BinaryPrimitives.WriteInt64BigEndian(fork, tree.LengthBytes);
            BinaryPrimitives.WriteUInt32BigEndian(fork[16..], (uint)((tree.At - volumeStart) / blockSize));
            BinaryPrimitives.WriteUInt32BigEndian(fork[20..], (uint)(((tree.LengthBytes - 1) / blockSize) + 1));
        }

        return new(bytes, new(volumeStart + HfsReader.HeaderAt, Bytes), volumeStart);
    }

    private bool IsUsable => Grid is { BlockSize: >= 512 and <= LargestBlock, BlockCount: > 0 }
        && long.IsPow2(Grid.BlockSize)
        && Grid.LengthBytes <= HfsLimits.VolumeBytes;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
