using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>The leaf records of HFS's extents overflow file (Inside Macintosh: Files, 2-75).</summary>
internal sealed class HfsOverflowLeaves(ExtentsOverflow overflow) : LeafReader
{
    private const int KeyLength = 7;
    private const int ValueAt = 8;
    private const int RecordBytes = ValueAt + (4 * MasterDirectoryBlock.RunsOfRecord);

    public override bool IsWide => false;

    public override string TreeName => "extents overflow";

    public override int Measure(ReadOnlySpan<byte> rest) =>
        rest.Length >= RecordBytes && rest[0] == KeyLength && rest[1] is 0 or (byte)ForkKind.Resource ? RecordBytes : -1;

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        Span<BlockRun> runs = stackalloc BlockRun[MasterDirectoryBlock.RunsOfRecord];
        for (var index = 0; index < runs.Length; index++)
        {
            var at = ValueAt + (index * 4);
            runs[index] = new(
                BinaryPrimitives.ReadUInt16BigEndian(record[at..]),
                BinaryPrimitives.ReadUInt16BigEndian(record[(at + 2)..]));
        }

        return overflow.Add(
            BinaryPrimitives.ReadUInt32BigEndian(record[2..]),
            (ForkKind)record[1],
            BinaryPrimitives.ReadUInt16BigEndian(record[6..]),
            runs);
    }
}
