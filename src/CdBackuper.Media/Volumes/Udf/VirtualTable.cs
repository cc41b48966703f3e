using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A virtual allocation table (UDF 1.50 §2.2.10, UDF 2.00 §2.2.10), one of perhaps many generations.</summary>
/// <param name="Entries">Where each virtual block lies, as a block of the partition below.</param>
/// <param name="Lost">The entries that could not be read, as a set of their indices.</param>
/// <param name="Previous">The block with the entry of the table before; null where it names none.</param>
internal sealed record VirtualTable(uint[] Entries, ByteSet Lost, uint? Previous)
{
    private const int EntryLength = 4;
    private const int OldTrailer = 36;
    private const int NewHeader = 152;
    private const int MaxBytes = (UdfLimits.VirtualBlocks * EntryLength) + ushort.MaxValue;

    /// <param name="contents">Reads the table's file.</param>
    /// <param name="record">Its entry.</param>
    /// <returns>Null when it is no table, or none that can be understood.</returns>
    public static VirtualTable? TryRead(ContentReader contents, FileRecord record)
    {
        var isNew = record.Type == UdfFileType.VirtualAllocationTable;
        var isOld = record.Type == UdfFileType.Unspecified;
        if ((!isNew && !isOld) || record.LengthBytes < OldTrailer)
        {
            return null;
        }

        var bytes = contents.Read(record, MaxBytes, "the virtual allocation table", out var lost);
        if (bytes.Length < OldTrailer)
        {
            return null;
        }

        // UDF 1.50 has the entries first and its identifier behind them, UDF 2.00 a header that tells its own length.
        var trailer = bytes.AsSpan(bytes.Length - OldTrailer);
        if (UdfText.IsEntity(trailer, "*UDF Virtual Alloc Tbl"u8))
        {
            return new(
                Numbers(bytes.AsSpan(0, bytes.Length - OldTrailer)),
                Indices(lost, 0),
                PreviousAt(trailer[32..]));
        }

        if (isOld || bytes.Length < NewHeader || lost.Within(new(0, NewHeader)).Any())
        {
            return null;
        }

        int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (header < NewHeader || header > bytes.Length)
        {
            return null;
        }

        return new(Numbers(bytes.AsSpan(header)), Indices(lost, header), PreviousAt(bytes.AsSpan(132)));
    }

    private static uint? PreviousAt(ReadOnlySpan<byte> bytes)
    {
        var block = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return block == uint.MaxValue ? null : block;
    }

    private static uint[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new uint[Math.Min(bytes.Length / EntryLength, UdfLimits.VirtualBlocks)];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * EntryLength)..]);
        }

        return numbers;
    }

    private static ByteSet Indices(ByteSet lost, int start) => ByteSet.Of(lost
        .Where(range => range.End > start)
        .Select(range =>
        {
            var first = Math.Max(0, range.Start - start) / EntryLength;
            return new ByteRange(first, ((range.End - start + EntryLength - 1) / EntryLength) - first);
        }));
}
