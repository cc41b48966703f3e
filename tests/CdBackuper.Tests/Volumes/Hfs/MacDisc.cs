using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>What volumes are put into: an Apple partition map, a wrapper of HFS.</summary>
internal static class MacDisc
{
    /// <summary>A disc with a map (Inside Macintosh: Devices, 3-12).</summary>
    /// <param name="device">The size of a block that the driver descriptor tells.</param>
    /// <param name="spacing">The size of a block in truth.</param>
    /// <param name="volumes">What the partitions hold.</param>
    public static ScratchedDisc Mapped(int device, int spacing, params byte[][] volumes)
    {
        var disc = new List<byte>(new byte[64 << 10]);
        var starts = new List<int>();
        foreach (var volume in volumes)
        {
            starts.Add(disc.Count);
            disc.AddRange(volume);
            disc.AddRange(new byte[Sector.Size - (disc.Count % Sector.Size)]);
        }

        var bytes = disc.ToArray();
        "ER"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)device);
        PutEntry(bytes, spacing, 1, volumes.Length + 1, 1, volumes.Length + 1, "Apple_partition_map");
        foreach (var (index, start) in starts.Index())
        {
            PutEntry(bytes, spacing, index + 2, volumes.Length + 1, start / spacing, volumes[index].Length / spacing, "Apple_HFS");
        }

        return new(bytes);
    }

    /// <summary>A volume of HFS that only says where one of HFS+ lies (TN1150, "HFS Wrapper").</summary>
    public static ScratchedDisc Wrapped(byte[] inner)
    {
        const int Block = 2560;
        const int First = 5;
        var bytes = new byte[((First * 512) + (7 * Block) + inner.Length + Block + 1024) / Sector.Size * Sector.Size];
        var header = bytes.AsSpan(1024);
        "BD"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[18..], (ushort)((inner.Length / Block) + 8));
        BinaryPrimitives.WriteInt32BigEndian(header[20..], Block);
        BinaryPrimitives.WriteUInt16BigEndian(header[28..], First);
        "H+"u8.CopyTo(header[124..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[126..], 7);
        BinaryPrimitives.WriteUInt16BigEndian(header[128..], (ushort)((inner.Length / Block) + 1));
        inner.CopyTo(bytes, (First * 512) + (7 * Block));
        return new(bytes);
    }

    private static void PutEntry(byte[] bytes, int spacing, int number, int count, int start, int length, string type)
    {
        var entry = bytes.AsSpan(number * spacing);
        "PM"u8.CopyTo(entry);
        BinaryPrimitives.WriteInt32BigEndian(entry[4..], count);
        BinaryPrimitives.WriteInt32BigEndian(entry[8..], start);
        BinaryPrimitives.WriteInt32BigEndian(entry[12..], length);
        Encoding.ASCII.GetBytes(type).CopyTo(entry[48..]);
    }
}
