using CdBackuper.Media.Sectors;
using CsCheck;

namespace CdBackuper.Tests.Sectors;

/// <summary>The naive picture of a set of bytes: one truth value for each of a few bytes.</summary>
internal static class Bits
{
    public const int Length = 64;

    public static Gen<ByteRange> Range { get; } = Gen.Select(
        Gen.Int[0, Length], Gen.Int[0, Length], (from, to) => new ByteRange(Math.Min(from, to), Math.Abs(to - from)));

    public static Gen<ByteRange[]> Ranges { get; } = Range.Array[0, 6];

    public static Gen<ByteSet> Set { get; } = Ranges.Select(ranges => ByteSet.Of(ranges));

    public static bool[] Of(IEnumerable<ByteRange> ranges)
    {
        var bits = new bool[Length];
        foreach (var range in ranges)
        {
            Array.Fill(bits, true, (int)range.Start, (int)range.Length);
        }

        return bits;
    }

    public static bool[] Zip(IEnumerable<ByteRange> left, IEnumerable<ByteRange> right, Func<bool, bool, bool> with) =>
        [.. Of(left).Zip(Of(right), with)];
}
