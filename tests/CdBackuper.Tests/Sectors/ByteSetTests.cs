using CdBackuper.Media.Sectors;
using CsCheck;

namespace CdBackuper.Tests.Sectors;

public sealed class ByteSetTests
{
    [Fact]
    public void A_set_holds_the_bytes_of_its_runs_as_sorted_runs_that_do_not_touch() => Bits.Ranges.Sample(ranges =>
    {
        var set = ByteSet.Of(ranges);
        Assert.Equal(Bits.Of(ranges), Bits.Of(set));
        Assert.All(set, run => Assert.True(run.Length > 0));
        Assert.All(set.Zip(set.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
        Assert.Equal(Bits.Of(ranges).Count(bit => bit), set.TotalLength);
        Assert.Equal(Array.LastIndexOf(Bits.Of(ranges), true) + 1, set.End);
        Assert.Equal(!Bits.Of(ranges).Any(bit => bit), set.IsEmpty);
    });

    [Fact]
    public void Union_intersect_and_except_are_those_of_the_bytes() => Gen.Select(Bits.Set, Bits.Set).Sample((left, right) =>
    {
        Assert.Equal(Bits.Zip(left, right, (l, r) => l || r), Bits.Of(left.Union(right)));
        Assert.Equal(Bits.Zip(left, right, (l, r) => l && r), Bits.Of(left.Intersect(right)));
        Assert.Equal(Bits.Zip(left, right, (l, r) => l && !r), Bits.Of(left.Except(right)));
    });

    [Fact]
    public void Results_are_made_of_runs_that_do_not_touch_too() => Gen.Select(Bits.Set, Bits.Set).Sample((left, right) =>
    {
        foreach (var set in new[] { left.Union(right), left.Intersect(right), left.Except(right) })
        {
            Assert.Equal(ByteSet.Of(set), set);
            Assert.Equal(ByteSet.Of(set).GetHashCode(), set.GetHashCode());
        }
    });

    [Fact]
    public void A_range_is_contained_when_each_of_its_bytes_is() => Gen.Select(Bits.Set, Bits.Range).Sample((set, range) =>
        Assert.Equal(Bits.Of(set).Skip((int)range.Start).Take((int)range.Length).All(bit => bit), set.Contains(range)));

    [Fact]
    public void Within_and_missing_share_out_a_range() => Gen.Select(Bits.Set, Bits.Range).Sample((set, range) =>
    {
        Assert.Equal(Bits.Zip([range], set, (inside, has) => inside && has), Bits.Of(set.Within(range)));
        Assert.Equal(Bits.Zip([range], set, (inside, has) => inside && !has), Bits.Of(set.Missing(range)));
        Assert.All(set.Within(range).Concat(set.Missing(range)), part => Assert.True(part.Length > 0));
        Assert.Equal(range.Length, set.Within(range).Concat(set.Missing(range)).Sum(part => part.Length));
    });

    [Fact]
    public void Every_sector_that_has_a_byte_counts_once() => Gen.Int[0, 5].Array[2].Array[0, 5]
        .Select(parts => ByteSet.Of(parts.Select(part => new ByteRange(part[0] * 700L, part[1] * 700L))))
        .Sample(set => Assert.Equal(
            set.SelectMany(run => Enumerable.Range((int)run.Start, (int)run.Length)).Select(at => at / Sector.Size).Distinct().Count(),
            set.SectorCount));

    [Fact]
    public void The_last_byte_that_can_be_named_is_no_special_case()
    {
        var end = ByteSet.Of(new ByteRange(long.MaxValue - 1, 1));
        Assert.True(end.Contains(new(long.MaxValue - 1, 1)));
        Assert.Equal(long.MaxValue - 1, ByteSet.Of(new ByteRange(0, long.MaxValue)).Except(end).TotalLength);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(2, long.MaxValue - 1)]
    public void A_range_out_of_bounds_cannot_be_made(long start, long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(start, length));

    [Fact]
    public void Two_ranges_share_the_bytes_that_are_in_both() => Gen.Select(Bits.Range, Bits.Range).Sample((left, right) =>
        Assert.Equal(Bits.Zip([left], [right], (l, r) => l && r), Bits.Of([left.Intersect(right)])));
}
