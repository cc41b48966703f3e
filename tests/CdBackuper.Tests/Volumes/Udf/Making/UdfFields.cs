using System.Buffers.Binary;
using System.Text;

namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>A descriptor being written, field by field, as ECMA-167 lays it out.</summary>
internal sealed class UdfFields(int length)
{
    public static readonly DateTimeOffset Time = new(2004, 7, 15, 14, 2, 30, TimeSpan.FromHours(2));

    public byte[] Bytes { get; } = new byte[length];

    public UdfFields Byte(int at, int value)
    {
        Bytes[at] = (byte)value;
        return this;
    }

    public UdfFields Word(int at, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), (ushort)value);
        return this;
    }

    public UdfFields Long(int at, long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), (uint)value);
        return this;
    }

    public UdfFields Quad(int at, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Bytes.AsSpan(at), value);
        return this;
    }

    public UdfFields Put(int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Bytes.AsSpan(at));
        return this;
    }

    /// <summary>charspec (1/7.2.1): OSTA CS0.</summary>
    public UdfFields Charset(int at) => Put(at + 1, "OSTA Compressed Unicode"u8);

    /// <summary>dstring (1/7.2.12).</summary>
    public UdfFields Text(int at, int fieldLength, string text)
    {
        var bytes = Compress(text);
        return text.Length == 0 ? this : Put(at, bytes).Byte(at + fieldLength - 1, bytes.Length);
    }

    /// <summary>regid (1/7.4), its suffix UDF's revision and an operating system.</summary>
    public UdfFields Entity(int at, string identifier, int revision = 0) =>
        Put(at + 1, Encoding.ASCII.GetBytes(identifier)).Word(at + 24, revision);

    /// <summary>timestamp (1/7.3): local time with its zone, or of another type.</summary>
    public UdfFields Stamp(int at, DateTimeOffset time, int type = 1, int? zone = null)
    {
        var minutes = zone ?? (int)time.Offset.TotalMinutes;
        return Word(at, (type << 12) | (minutes & 0xFFF)).Word(at + 2, time.Year).Byte(at + 4, time.Month).Byte(at + 5, time.Day)
            .Byte(at + 6, time.Hour).Byte(at + 7, time.Minute).Byte(at + 8, time.Second);
    }

    /// <summary>extent_ad (3/7.1).</summary>
    public UdfFields Extent(int at, long lengthBytes, long sector) => Long(at, lengthBytes).Long(at + 4, sector);

    /// <summary>long_ad (4/14.14.2).</summary>
    public UdfFields LongAd(int at, long lengthAndKind, long block, int partition) =>
        Long(at, lengthAndKind).Long(at + 4, block).Word(at + 8, partition);

    /// <summary>The tag (3/7.2), with a CRC over all but the tag.</summary>
    public UdfFields Seal(int id, long location, int? used = null)
    {
        var crcLength = (used ?? Bytes.Length) - 16;
        Word(0, id).Word(2, 3).Word(6, 1).Word(8, Crc(Bytes.AsSpan(16, crcLength))).Word(10, crcLength).Long(12, location);
        Bytes[4] = 0;
        Bytes[4] = (byte)Bytes.Take(16).Sum(value => value);
        return this;
    }

    /// <summary>OSTA CS0 (UDF 2.01 §2.1.1): 8 bits a character where that is enough.</summary>
    public static byte[] Compress(string text) => text.All(character => character < 256)
        ? [8, .. Encoding.Latin1.GetBytes(text)]
        : [16, .. Encoding.BigEndianUnicode.GetBytes(text)];

    /// <summary>Bit by bit, as 3/7.2.6 describes it.</summary>
    public static int Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var isSet = ((crc >> 15) & 1) != ((value >> bit) & 1);
                crc = ((crc << 1) & 0xFFFF) ^ (isSet ? 0x1021 : 0);
            }
        }

        return crc;
    }
}
