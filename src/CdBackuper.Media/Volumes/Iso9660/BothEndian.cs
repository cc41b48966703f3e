using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Numbers recorded twice, little-endian then big-endian (ECMA-119 §7.2.3, §7.3.3). Where the halves differ the first
/// wins, as in Linux, unless it was left zero.
/// </summary>
internal static class BothEndian
{
    public static ushort Read16(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes) is > 0 and var first ? first : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

    public static uint Read32(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) is > 0 and var first ? first : BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);

    /// <returns>True where the halves differ, and neither was left zero.</returns>
    public static bool Contradict32(ReadOnlySpan<byte> bytes) =>
        !Agree32(bytes) && bytes[..4].ContainsAnyExcept((byte)0) && bytes[4..8].ContainsAnyExcept((byte)0);

    public static bool Agree16(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes) == BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

    public static bool Agree32(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) == BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
}
