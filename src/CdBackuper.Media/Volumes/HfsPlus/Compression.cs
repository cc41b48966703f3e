using System.Buffers.Binary;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>
/// Files that Mac OS X compressed unseen (since 10.6; sys/decmpfs.h): content plain or as zlib in an attribute, or in the
/// resource fork in blocks of 64 KiB. Such a file's own content is empty, and its resource fork none.
/// </summary>
internal sealed class Compression(SectorWindow window, DamageLog damages, List<ByteRange> structures)
{
    private const int HeaderBytes = 16;
    private const int BlockBytes = 64 << 10;
    private const uint PlainInAttribute = 1;
    private const uint ZlibInAttribute = 3;
    private const uint ZlibInResource = 4;

    /// <summary>As 1, behind a byte that says nothing more.</summary>
    private const uint MarkedPlainInAttribute = 9;

    /// <summary>
    /// The low half of a block's first byte where the block is not compressed; no zlib stream begins so.
    /// </summary>
    private const int Plain = 0x0F;

    /// <summary>What zlib can make of one byte (RFC 1951): more is no claim but a lie.</summary>
    private const long LargestRatio = 1040;

    private readonly Dictionary<uint, (bool IsDecoded, BuiltFork Content, Extent? Stored)> decoded = [];
    private long blocksLeft = HfsLimits.CompressedBlocks;
    private ForkReader? attributes;
    private AttributeLeaves? leaves;

    /// <summary>Reads the attributes of all files.</summary>
    public void ReadAttributes(ForkReader fork)
    {
        attributes = fork;
        leaves = new();
        var tree = new BTree(fork, leaves, damages);
        tree.Read();
        structures.AddRange(tree.Structures);
    }

    /// <param name="file">A file that is marked as compressed.</param>
    /// <param name="content">Its content as it was before.</param>
    /// <param name="stored">Where the attribute lies that can't be made content of; null where there is none.</param>
    /// <returns>False when it is compressed in another way or can't be understood.</returns>
    public bool TryDecode(CatalogItem file, out BuiltFork content, out Extent? stored)
    {
        // a linked file is asked for once for each of its names
        if (!decoded.TryGetValue(file.Id, out var known))
        {
            var isDecoded = TryDecodeFirst(file, out content, out stored);
            decoded.Add(file.Id, (isDecoded, content, stored));
            return isDecoded;
        }

        (content, stored) = (known.Content, known.Stored);
        return known.IsDecoded;
    }

    private bool TryDecodeFirst(CatalogItem file, out BuiltFork content, out Extent? stored)
    {
        (content, stored) = (default, null);
        if (leaves is null || !leaves.Compressed.TryGetValue(file.Id, out var attribute))
        {
            return false;
        }

        var place = attributes!.PlaceOf(attribute.Offset, attribute.Length);
        stored = place is { } start ? new Extent(start, attribute.Length) : null;
        var extents = attribute.Type switch
        {
            PlainInAttribute => FromPlain(attribute, HeaderBytes),
            MarkedPlainInAttribute => FromPlain(attribute, HeaderBytes + 1),
            _ when attribute.Size > int.MaxValue && attribute.Type != ZlibInResource => null,
            ZlibInAttribute when attribute.Size == 0 => [],
            ZlibInAttribute => FromAttribute(attribute, place),
            ZlibInResource => FromResource(file, attribute.Size),
            _ => null,
        };
        content = extents is null ? default : new((long)attribute.Size, extents, IsPartial: false);
        return extents is not null;
    }

    /// <returns>The attribute's bytes from some on, in as many pieces as they lie in; null where they are not as many as the content has.</returns>
    private Extent[]? FromPlain(CompressionAttribute attribute, int skipped)
    {
        var length = attribute.Length - skipped;
        if (length < 0 || attribute.Size != (ulong)length)
        {
            return null;
        }

        var places = new List<ByteRange>();
        attributes!.AddPlaces(attribute.Offset + skipped, length, places);
        return places.Sum(place => place.Length) == length ? [.. places.Select(place => new Extent(place.Start, place.Length))] : null;
    }

    private Extent[]? FromAttribute(CompressionAttribute attribute, long? place)
    {
        Span<byte> first = stackalloc byte[1];
        var length = attribute.Length - HeaderBytes;
        if (length < 1 || !attributes!.TryRead(attribute.Offset + HeaderBytes, first))
        {
            return null;
        }

        return (first[0] & Plain) == Plain ? FromPlain(attribute, HeaderBytes + 1)
            : Block(place + HeaderBytes, length, first[0], (long)attribute.Size) is { } block ? [block]
            : null;
    }

    /// <summary>
    /// A resource fork whose data is one resource: its length (big-endian), then a count and for each block offset and
    /// length (little-endian), counted from the count.
    /// </summary>
    private Extent[]? FromResource(CatalogItem file, ulong size)
    {
        var fork = new ForkReader(window, file.Resource.Extents ?? []);
        Span<byte> head = stackalloc byte[4];
        var count = (long)Math.Min((size / BlockBytes) + (size % BlockBytes == 0 ? 0UL : 1), long.MaxValue);
        if (file.Resource.IsPartial || count > blocksLeft || !Read(fork, 0, head))
        {
            return null;
        }

        var tableAt = BinaryPrimitives.ReadUInt32BigEndian(head) + 4L;
        if (!Read(fork, tableAt, head) || BinaryPrimitives.ReadUInt32LittleEndian(head) != count
            || fork.Length - tableAt < 4 + (8 * count))
        {
            return null;
        }

        blocksLeft -= count;
        var table = new byte[8 * count];
        return Read(fork, tableAt + 4, table) ? Blocks(fork, tableAt, table, (long)size) : null;
    }

    private static Extent[]? Blocks(ForkReader fork, long tableAt, byte[] table, long size)
    {
        var extents = new List<Extent>(table.Length / 8);
        Span<byte> first = stackalloc byte[1];
        for (var index = 0; index < table.Length / 8; index++)
        {
            var offset = tableAt + BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(index * 8));
            long length = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan((index * 8) + 4));
            var decoded = Math.Min(BlockBytes, size - ((long)index * BlockBytes));
            if (!fork.TryRead(offset, first))
            {
                return null;
            }

            if ((first[0] & Plain) == Plain && length - 1 == decoded && offset <= fork.Length - length)
            {
                // not compressed, so that it may lie in pieces
                var pieces = new List<ByteRange>();
                fork.AddPlaces(offset + 1, decoded, pieces);
                extents.AddRange(pieces.Select(piece => new Extent(piece.Start, piece.Length)));
            }
            else if (Block(fork.PlaceOf(offset, length), length, first[0], decoded) is { } block)
            {
                extents.Add(block);
            }
            else
            {
                return null;
            }
        }

        return [.. extents];
    }

    private static Extent? Block(long? whole, long stored, byte first, long length)
    {
        if (whole is not { } place)
        {
            return null; // a stream in pieces
        }

        return (first & Plain) != Plain && stored <= int.MaxValue && length <= stored * LargestRatio ? new Extent(place, length, (int)stored) : null;
    }

    private bool Read(ForkReader fork, long offset, Span<byte> buffer)
    {
        if (offset > fork.Length - buffer.Length)
        {
            return false;
        }

        fork.AddPlaces(offset, buffer.Length, structures);
        return fork.TryRead(offset, buffer);
    }
}
