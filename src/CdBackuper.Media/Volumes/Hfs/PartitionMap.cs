using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The Apple partition map (Inside Macintosh: Devices, 3-12 and 3-24). The driver descriptor in block 0 tells the size
/// of a block, but writers of discs disagree: there are maps of 512-byte blocks on devices of 2048, discs with a map of
/// each kind, and maps without a descriptor. So every size is tried, and a partition counts where a volume begins.
/// </summary>
internal static class PartitionMap
{
    private const ushort DriverSignature = 0x4552;
    private const ushort EntrySignature = 0x504D;
    private const int EntryBytes = 136;
    private const int TypeAt = 48;
    private const string MacintoshType = "Apple_HFS";
    private static readonly int[] BlockSizes = [512, 1024, 2048];

    /// <param name="At">Where its entry in the map lies.</param>
    /// <param name="Places">Where its volume may lie, the most likely first; empty where the entry is lost.</param>
    /// <param name="Structures">What of the map was read to get there, and the entry where it is lost.</param>
    public sealed record Partition(long At, IReadOnlyList<ByteRange> Places, IReadOnlyList<ByteRange> Structures);

    /// <param name="disc">The disc.</param>
    /// <param name="origin">Where block 0 lies, absolute on the disc in bytes.</param>
    /// <returns>
    /// The partitions that should hold Macintosh volumes, each entry of the map once, the more likely first; not all of them hold one.
    /// </returns>
    public static IReadOnlyList<Partition> Find(DiscReader disc, long origin)
    {
        var found = new Dictionary<long, Partition>();
        int? deviceBlock = disc.ReadBytes(new(origin, 4)) is { } driver && U16(driver, 0) == DriverSignature
            ? U16(driver, 2)
            : null;
        foreach (var spacing in BlockSizes)
        {
            foreach (var (at, entry, read) in Entries(disc, origin, spacing))
            {
                // numbers of blocks count from the disc's start; in a later session perhaps from its own
                var places = entry is null ? [] : Units(spacing, deviceBlock).SelectMany(unit => new[] { 0, origin }.Select(
                    from => new ByteRange(from + ((long)U32(entry, 8) * unit), (long)U32(entry, 12) * unit)));
                var known = found.GetValueOrDefault(at) ?? new(at, [], read);
                found[at] = known with { Places = [.. known.Places.Concat(places).DistinctBy(place => place.Start)] };
            }
        }

        return [.. found.Values];
    }

    private static IEnumerable<int> Units(int spacing, int? deviceBlock)
    {
        yield return spacing;
        if (deviceBlock is { } device && device != spacing && BlockSizes.Contains(device))
        {
            yield return device;
        }

        if (spacing != 512)
        {
            yield return 512;
        }
    }

    /// <returns>
    /// The map's entries of HFS partitions, each with its place and what was read so far; null for one that is lost in a map that tells its
    /// own place and length.
    /// </returns>
    private static IEnumerable<(long At, byte[]? Entry, IReadOnlyList<ByteRange> Read)> Entries(
        DiscReader disc, long origin, int spacing)
    {
        var read = new List<ByteRange>();
        var (count, stated) = (1L, 0L);
        for (var number = 1; number <= Math.Min(count, HfsLimits.Partitions); number++)
        {
            var place = new ByteRange(origin + ((long)number * spacing), EntryBytes);
            var entry = disc.ReadBytes(place);
            if (entry is null)
            {
                if (number <= stated)
                {
                    yield return (place.Start, null, [.. read, place]);
                }

                // unreadable: the next sector may hold more of the map
                count = Math.Max(count, Math.Min(number + 1, 2 * Sector.Size / spacing));
                continue;
            }

            // Each entry repeats how many there are: that tells one whose signature is damaged.
            if (U16(entry, 0) != EntrySignature && (stated == 0 || U32(entry, 4) != stated))
            {
                // two maps may share their blocks: one's first entry then stands alone
                if (number > stated || !Sector.IsBlank(entry))
                {
                    yield break;
                }

                yield return (place.Start, null, [.. read, place]);
                continue;
            }

            read.Add(place);
            count = Math.Max(count, U32(entry, 4));
            stated = number == 1 && TypeOf(entry).Equals("Apple_partition_map", StringComparison.OrdinalIgnoreCase) ? U32(entry, 4) : stated;
            if (IsMacintosh(entry))
            {
                yield return (place.Start, entry, read.ToArray());
            }
        }
    }

    /// <returns>True where the type is Apple_HFS or begins so, but for one damaged byte at most: no other known one is as near.</returns>
    private static bool IsMacintosh(byte[] entry)
    {
        var wrong = 0;
        for (var index = 0; index < MacintoshType.Length; index++)
        {
            wrong += char.ToUpperInvariant((char)entry[TypeAt + index]) == char.ToUpperInvariant(MacintoshType[index]) ? 0 : 1;
        }

        return wrong <= 1;
    }

    private static string TypeOf(byte[] entry)
    {
        var text = entry.AsSpan(TypeAt, 32);
        var end = text.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
