using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Which blocks of a partition hold nothing that counts any more (a space bitmap, ECMA-167 4/14.12).</summary>
internal sealed class FreeBlocks
{
    private const int MapStart = 24;

    private readonly byte[] bitmap;

    private FreeBlocks(byte[] bitmap) => this.bitmap = bitmap;

    /// <param name="access">The volume.</param>
    /// <param name="partition">The index of the partition.</param>
    /// <param name="place">Where its bitmap lies.</param>
    /// <returns>
    /// The free blocks as far as the disc tells: none where it has no bitmap, or where a part of it can't be read.
    /// </returns>
    public static FreeBlocks Read(VolumeAccess access, ushort partition, AllocationDescriptor place)
    {
        var disc = access.Disc;
        var run = access.Structures.PartitionOf(partition).Find(place.Place.Block);
        var length = (int)Math.Min(place.Length, UdfLimits.BitmapBytes);
        if (place.Kind != AllocationKind.Recorded || length < MapStart || run.Position < 0)
        {
            return new([]);
        }

        var bytes = new byte[length];
        for (var offset = 0; offset < length; offset += disc.BlockSize)
        {
            var piece = bytes.AsSpan(offset, Math.Min(disc.BlockSize, length - offset));
            var at = access.Structures.PartitionOf(partition).Find(place.Place.Block + (offset / disc.BlockSize)).Position;
            if (at >= 0 && disc.Reader.ReadBytes(new(at, piece.Length)) is { } block)
            {
                block.CopyTo(piece);
            }
            else if (offset == 0)
            {
                return new([]);
            }
        }

        var isBitmap = DescriptorTag.Read(bytes) is { Id: TagId.SpaceBitmap, IsChecksumRight: true };
        var count = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(20)), (uint)(length - MapStart));
        return new(isBitmap ? bytes.AsSpan(MapStart, count).ToArray() : []);
    }

    /// <returns>True where the block is known to be free; a set bit says so.</returns>
    public bool Contains(long block) => block / 8 < bitmap.Length && (bitmap[block / 8] & (1 << (int)(block % 8))) != 0;
}
