using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>A directory record (ECMA-119 §9.1), looked at where it lies in the buffer; High Sierra's differs in date and flags.</summary>
internal readonly ref struct DirectoryRecord
{
    /// <summary>What stands before the name.</summary>
    public const int FixedLength = 33;

    public const int NameLengthAt = 32;

    /// <summary>One with a name of one byte.</summary>
    public const int Shortest = FixedLength + 1;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isHighSierra;

    private DirectoryRecord(ReadOnlySpan<byte> bytes, bool isHighSierra)
    {
        this.bytes = bytes;
        this.isHighSierra = isHighSierra;
    }

    /// <summary>The first block of the extended attribute record, which the data follow (§9.1.3).</summary>
    public uint Block => BothEndian.Read32(bytes[2..]);

    public uint DataLengthBytes => BothEndian.Read32(bytes[10..]);

    public bool HalvesAgree => BothEndian.Agree32(bytes[2..]) && BothEndian.Agree32(bytes[10..]);

    /// <summary>True where the halves of both numbers differ, and none of them was left zero.</summary>
    public bool ContradictsItself => BothEndian.Contradict32(bytes[2..]) && BothEndian.Contradict32(bytes[10..]);

    /// <summary>
    /// True for a record beyond doubt, wherever it was found: it has a place, all its numbers stand there twice, its date is one, and its
    /// length is even and has room for its name (§9.1).
    /// </summary>
    public bool IsSound => bytes.Length % 2 == 0 && MinimalLength <= bytes.Length && !Name.IsEmpty && Block > 0 && HalvesAgree
        && BothEndian.Read16(bytes[28..]) > 0 && BothEndian.Agree16(bytes[28..]) && IsoDate.TryReadRecord(Date, out _);

    /// <summary>Seven bytes; of High Sierra six, without an offset from GMT.</summary>
    public ReadOnlySpan<byte> Date => bytes.Slice(18, isHighSierra ? IsoDate.RecordLength - 1 : IsoDate.RecordLength);

    public bool IsDirectory => (Flags & 0x02) != 0;

    /// <summary>An associated file, such as a Macintosh resource fork (§9.1.6 bit 2).</summary>
    public bool IsAssociated => (Flags & 0x04) != 0;

    /// <summary>The extended attribute record says who may read the file (§9.1.6 bit 4).</summary>
    public bool IsProtected => (Flags & 0x10) != 0;

    /// <summary>More records of the same file follow (§9.1.6 bit 7).</summary>
    public bool IsContinued => (Flags & 0x80) != 0;

    /// <summary>Blocks in a unit of an interleaved file; 0 where it is not interleaved (§9.1.7).</summary>
    public int UnitBlocks => bytes[26];

    public int GapBlocks => bytes[27];

    /// <summary>Blocks of the extended attribute record (§9.1.2); 0 where there is none.</summary>
    public int AttributeBlocks => bytes[1];

    public ReadOnlySpan<byte> Name => bytes.Slice(FixedLength, bytes[NameLengthAt]);

    /// <summary>The directory itself: the name is one byte 0 (§6.8.2.2).</summary>
    public bool IsSelf => Name is [0];

    public bool IsParent => Name is [1];

    /// <summary>How long a record of this name is at least, with the padding that makes it even (§9.1.12); its own length may be odd, and one less.</summary>
    public int MinimalLength => MinimalLengthOf(bytes[NameLengthAt]);

    /// <summary>What follows the name and its padding (§9.1.13).</summary>
    public ReadOnlySpan<byte> SystemUse => MinimalLength < bytes.Length ? bytes[MinimalLength..] : [];

    private byte Flags => bytes[isHighSierra ? 24 : 25];

    public static int MinimalLengthOf(int nameLength) => (FixedLength + nameLength + 1) & ~1;

    /// <returns>Where the data begin, in bytes: behind the extended attribute record.</returns>
    public long DataStart(int blockSize) => ((long)Block + AttributeBlocks) * blockSize;

    public ByteRange DataRange(int blockSize) => new(DataStart(blockSize), DataLengthBytes);

    /// <summary>Reads the root's record in a volume descriptor (§8.4.18), where it has 34 bytes and a name of one, whatever it says.</summary>
    /// <returns>False where there is no root: it has no place or length; or its own lengths are wrong, and its numbers contradict themselves.</returns>
    public static bool TryReadRoot(ReadOnlySpan<byte> bytes, bool isHighSierra, out DirectoryRecord record)
    {
        var isRecord = TryRead(bytes, isHighSierra, out _);
        var mended = bytes.ToArray();
        (mended[0], mended[NameLengthAt]) = ((byte)mended.Length, 1);
        record = new(mended, isHighSierra);
        return (isRecord || record.HalvesAgree) && record.Block != 0 && record.DataLengthBytes != 0;
    }

    /// <returns>True where a record beyond doubt stands but for its length, which is another thing than what was left behind the last one.</returns>
    public static bool LacksOnlyLength(ReadOnlySpan<byte> bytes, bool isHighSierra) =>
        bytes.Length > FixedLength
        && new DirectoryRecord(bytes, isHighSierra).MinimalLength is var length
        && length <= bytes.Length
        && new DirectoryRecord(bytes[..length], isHighSierra).IsSound;

    /// <returns>
    /// False when no record begins here: too long for what is left of the sector, or for its own name.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool isHighSierra, out DirectoryRecord record)
    {
        record = default;
        if (bytes.Length < FixedLength || bytes[0] > bytes.Length || FixedLength + bytes[NameLengthAt] > bytes[0])
        {
            return false;
        }

        record = new(bytes[..bytes[0]], isHighSierra);
        return true;
    }
}
