using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>An extent as the disc describes it (ECMA-167 4/14.14).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes of content, at most 2^30 - 1.</param>
/// <param name="Place">Where it begins.</param>
internal readonly record struct AllocationDescriptor(AllocationKind Kind, long Length, BlockAddress Place)
{
    public const int LongLength = 16;

    /// <summary>The forms of allocation descriptors: the three low bits of the ICB's flags (4/14.6.8).</summary>
    public const int ShortForm = 0;
    public const int LongForm = 1;
    public const int ExtendedForm = 2;
    public const int Embedded = 3;

    private const uint LengthBits = 0x3FFF_FFFF;

    /// <returns>Bytes of one descriptor of a form; 0 where there are none.</returns>
    public static int LengthOf(int form) => form switch
    {
        ShortForm => 8,
        LongForm => LongLength,
        ExtendedForm => 20,
        _ => 0,
    };

    /// <param name="bytes">A descriptor of any form.</param>
    /// <returns>True where its extent has no length, which ends the list (4/12).</returns>
    public static bool IsEnd(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt32LittleEndian(bytes) & LengthBits) == 0;

    /// <param name="bytes">The descriptor.</param>
    /// <param name="form">One of the three forms.</param>
    /// <param name="partition">
    /// The partition of the entry that holds it, which is a short one's own (4/14.14.1.2).
    /// </param>
    public static AllocationDescriptor Read(ReadOnlySpan<byte> bytes, int form, ushort partition)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var kind = (AllocationKind)(word >> 30);
        return form switch
        {
            ShortForm => new(kind, word & LengthBits, new(partition, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))),
            LongForm => ReadLong(bytes),

            // the information length is what the extent holds of the file (4/14.14.3.3); a continuation has none
            _ => new(
                kind,
                kind == AllocationKind.Continuation
                    ? word & LengthBits
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) & LengthBits,
                BlockAddress.Read(bytes[12..])),
        };
    }

    public static AllocationDescriptor ReadLong(ReadOnlySpan<byte> bytes)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return new((AllocationKind)(word >> 30), word & LengthBits, BlockAddress.Read(bytes[4..]));
    }
}
