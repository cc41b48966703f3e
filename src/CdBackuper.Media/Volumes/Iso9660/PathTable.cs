using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>A directory as the path table names it (ECMA-119 §9.4).</summary>
/// <param name="Start">The directory's first byte.</param>
/// <param name="Parent">The parent's number; the root is number 1 and its own parent.</param>
/// <param name="Name">The name's bytes.</param>
internal readonly record struct PathTableRecord(long Start, int Parent, byte[] Name);

/// <summary>
/// The path table: every directory's name, place and parent once more, in up to four copies (ECMA-119 §6.9). Of no use
/// while all directories can be read, and so never read then.
/// </summary>
internal static class PathTable
{
    private const int FixedLength = 8;

    /// <param name="disc">The disc.</param>
    /// <param name="descriptor">The tree's.</param>
    /// <param name="structures">Takes where the copies lie that told something.</param>
    /// <param name="isFirstOnly">True to ask the first copy alone, for what must not depend on whether it can be read.</param>
    /// <returns>The records of the copy of which most can be read; empty where none can.</returns>
    public static List<PathTableRecord> Read(DiscReader disc, VolumeDescriptor descriptor, List<ByteRange> structures, bool isFirstOnly = false)
    {
        List<PathTableRecord> best = [];
        var copies = descriptor.PathTableBlocks.Length / 4;
        for (var copy = 0; copy < (isFirstOnly ? 1 : copies); copy++)
        {
            var range = PlaceOf(descriptor, copy);
            if (range.Start == 0)
            {
                continue;
            }

            var records = Parse(ReadReadable(disc, range), descriptor, isBigEndian: copy >= copies / 2, out var isWhole);
            if (records.Count > best.Count)
            {
                best = records;
                structures.Add(range);
            }

            if (isWhole)
            {
                break;
            }
        }

        return best;
    }

    /// <returns>Where each copy of the table lies, those that are there; none for null.</returns>
    public static IEnumerable<ByteRange> PlacesOf(VolumeDescriptor? descriptor) => descriptor is null ? [] :
        Enumerable.Range(0, descriptor.PathTableBlocks.Length / 4)
            .Select(copy => PlaceOf(descriptor, copy))
            .Where(place => place.Start != 0);

    /// <returns>
    /// Where the first copy lies that could tell, where no copy can be read whole; null where one can, or there is none.
    /// </returns>
    /// <param name="disc">The disc.</param>
    /// <param name="descriptor">The tree's.</param>
    /// <param name="isFirstOnly">True to ask for the first copy alone.</param>
    public static ByteRange? FindLost(DiscReader disc, VolumeDescriptor descriptor, bool isFirstOnly = false)
    {
        ByteRange[] places = [.. isFirstOnly ? PlacesOf(descriptor).Take(1) : PlacesOf(descriptor)];
        return places.Length == 0 || Array.Exists(places, place => ReadReadable(disc, place).Length == place.Length) ? null : places[0];
    }

    /// <returns>From 0 where there is no such copy.</returns>
    private static ByteRange PlaceOf(VolumeDescriptor descriptor, int copy)
    {
        var blocks = descriptor.PathTableBlocks;
        var block = Read32(blocks.Slice(copy * 4, 4), isBigEndian: copy >= blocks.Length / 8);
        return new((long)block * descriptor.BlockSize, Math.Min(descriptor.PathTableBytes, IsoLimits.PathTableBytes));
    }

    /// <returns>The table's bytes up to the first sector that can't be read.</returns>
    private static byte[] ReadReadable(DiscReader disc, ByteRange range)
    {
        var readable = range.Start;
        while (readable < range.End && disc.ReadSector(readable / Sector.Size) is not null)
        {
            readable = ((readable / Sector.Size) + 1) * Sector.Size;
        }

        return disc.ReadBytes(new(range.Start, Math.Min(readable, range.End) - range.Start)) ?? [];
    }

    private static List<PathTableRecord> Parse(
        ReadOnlySpan<byte> bytes, VolumeDescriptor descriptor, bool isBigEndian, out bool isWhole)
    {
        var records = new List<PathTableRecord>();
        // In High Sierra the place stands first, then the length of the attributes and that of the name.
        var (lengthAt, attributesAt, placeAt) = descriptor.IsHighSierra ? (5, 4, 0) : (0, 1, 2);
        while (bytes.Length >= FixedLength && bytes[lengthAt] != 0 && FixedLength + bytes[lengthAt] <= bytes.Length)
        {
            var start = ((long)Read32(bytes[placeAt..], isBigEndian) + bytes[attributesAt]) * descriptor.BlockSize;
            int parent = isBigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
            var length = bytes[lengthAt];
            if (parent < 1 || parent > Math.Max(records.Count, 1))
            {
                break; // parents stand before their children (§6.9.1)
            }

            records.Add(new(start, parent, bytes.Slice(FixedLength, length).ToArray()));
            bytes = bytes[Math.Min(FixedLength + length + (length & 1), bytes.Length)..];
        }

        isWhole = bytes.IsEmpty && records.Count > 0;
        return records;
    }

    private static uint Read32(ReadOnlySpan<byte> bytes, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
