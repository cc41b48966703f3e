using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>The leaf records of HFS+'s extents overflow file (TN1150, "Extents Overflow File").</summary>
internal sealed class HfsPlusOverflowLeaves(ExtentsOverflow overflow) : LeafReader
{
    private const int KeyLength = 10;
    private const int ValueAt = 12;
    private const int RecordBytes = ValueAt + (8 * HfsPlusFork.Runs);

    public override bool IsWide => true;

    public override string TreeName => "extents overflow";

    public override int Measure(ReadOnlySpan<byte> rest) =>
        rest.Length >= RecordBytes
        && BinaryPrimitives.ReadUInt16BigEndian(rest) == KeyLength
        && rest[2] is 0 or (byte)ForkKind.Resource
            ? RecordBytes
            : -1;

    /// <summary>By file, fork and block ("Extents Overflow File Keys").</summary>
    public override int? Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length < ValueAt || right.Length < ValueAt)
        {
            return null;
        }

        var order = left[4..8].SequenceCompareTo(right[4..8]);
        order = order != 0 ? order : left[2].CompareTo(right[2]);
        return order != 0 ? order : left[8..ValueAt].SequenceCompareTo(right[8..ValueAt]);
    }

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        Span<BlockRun> runs = stackalloc BlockRun[HfsPlusFork.Runs];
        HfsPlusFork.ReadRecord(record[ValueAt..], runs);
        return overflow.Add(
            BinaryPrimitives.ReadUInt32BigEndian(record[4..]),
            (ForkKind)record[2],
            BinaryPrimitives.ReadUInt32BigEndian(record[8..]),
            runs);
    }
}
