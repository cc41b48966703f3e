using System.Collections;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Which nodes of a B-tree are in use: the header node's third record, continued in map nodes (Inside Macintosh: Files,
/// 2-69; TN1150, "Map Record"). Free nodes keep what they last held.
/// </summary>
internal static class BTreeMap
{
    private const int MapRecord = 2;
    private const int BitsPerByte = 8;

    /// <returns>Null when a part of it is lost.</returns>
    public static BitArray? Read(ForkReader fork, BTreeHeader header, List<ByteRange> structures)
    {
        var node = new BTreeNode(header.NodeSize);
        var count = (int)(Math.Min(fork.Length, HfsLimits.TreeBytes) / header.NodeSize);
        var map = new BitArray(count);
        var (filled, number, record) = (0, 0L, MapRecord);

        // each round fills some of the map or ends, so that a loop of map nodes ends too
        while (filled < count)
        {
            fork.AddPlaces(number * header.NodeSize, header.NodeSize, structures);
            node.Load(fork, number * header.NodeSize);
            var (start, end) = (node.OffsetAt(record), node.OffsetAt(record + 1));
            if (!node.IsWhole || start < BTreeNode.DescriptorBytes || end <= start || end > header.NodeSize)
            {
                return null;
            }

            for (var bit = 0; bit < (end - start) * BitsPerByte && filled < count; bit++)
            {
                map[filled++] = (node.Bytes[start + (bit / BitsPerByte)] & (0x80 >> (bit % BitsPerByte))) != 0;
            }

            number = node.Forward;
            record = 0;
            if (filled < count && (number == 0 || number >= count))
            {
                return null;
            }
        }

        return map;
    }
}
