using System.Buffers.Binary;
using System.Text;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>A Macintosh file with both forks as one (MacBinary II), the form in which hfsutils takes and gives them.</summary>
internal sealed record MacBinary(string TypeAndCreator, ushort Flags, byte[] Content, byte[] Resource)
{
    private const int Header = 128;

    public byte[] Write(string name)
    {
        var header = new byte[Header];
        header[1] = (byte)name.Length;
        Encoding.Latin1.GetBytes(name).CopyTo(header, 2);
        Encoding.Latin1.GetBytes(TypeAndCreator).CopyTo(header, 65);
        header[73] = (byte)(Flags >> 8);
        header[101] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(83), Content.Length);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(87), Resource.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(91), 3_000_000_000);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(95), 3_000_000_060);
        (header[122], header[123]) = (129, 129);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(124), Crc(header.AsSpan(0, 124)));
        return [.. header, .. Padded(Content), .. Padded(Resource)];
    }

    public static MacBinary Read(byte[] bytes)
    {
        var content = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(83));
        var resource = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(87));
        return new(
            Encoding.Latin1.GetString(bytes, 65, 8),
            (ushort)((bytes[73] << 8) | bytes[101]),
            bytes[Header..(Header + content)],
            bytes.AsSpan(Header + ((content + 127) / 128 * 128), resource).ToArray());
    }

    private static byte[] Padded(byte[] fork) => [.. fork, .. new byte[(128 - (fork.Length % 128)) % 128]];

    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (ushort)crc;
    }
}
