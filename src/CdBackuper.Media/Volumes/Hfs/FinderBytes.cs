using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// What the Finder keeps of a file or folder: 16 bytes FInfo or DInfo, 16 bytes FXInfo or DXInfo (Inside Macintosh:
/// Macintosh Toolbox Essentials, 7-47).
/// </summary>
internal readonly record struct FinderBytes(UInt128 First, UInt128 Second)
{
    public const int Length = 32;

    private const ushort HasBeenInited = 0x0100;

    /// <summary>Type and creator of a file, four characters each, as one number.</summary>
    public ulong TypeAndCreator => (ulong)(First >> 64);

    /// <summary>The script of the name, where the Finder noted one: the high bit says so (7-49 and 7-51).</summary>
    public int? Script => (byte)(Second >> 56) is var script and >= 0x80 ? script & 0x7F : null;

    private ushort Flags => (ushort)(First >> 48);

    public static FinderBytes Read(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(first), BinaryPrimitives.ReadUInt128BigEndian(second));

    /// <returns>
    /// True when something is worth keeping: a type or creator of a file, or a flag (invisible, custom icon, colour …).
    /// Where its icon stood and that the Finder has seen it say nothing; of a folder the first bytes are its window's
    /// place.
    /// </returns>
    public bool SaysSomething(bool isFolder) =>
        (!isFolder && TypeAndCreator != 0) || (Flags & ~HasBeenInited) != 0;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, First);
        BinaryPrimitives.WriteUInt128BigEndian(target[16..], Second);
    }
}
