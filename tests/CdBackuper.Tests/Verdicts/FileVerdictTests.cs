using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CsCheck;

namespace CdBackuper.Tests.Verdicts;

public sealed class FileVerdictTests
{
    // extents as start+length, ~ is a sparse run; what was read; what the file lacks; the verdict
    [Theory]
    [InlineData("0+10", "0+10", "", FileCondition.Perfect)]
    [InlineData("0+10", "0+9", "9+1", FileCondition.Damaged)]
    [InlineData("10+10", "11+9", "0+1", FileCondition.Damaged)]
    [InlineData("10+10", "0+10 20+9", "0+10", FileCondition.Lost)]
    [InlineData("10+10", "", "0+10", FileCondition.Lost)]
    [InlineData("", "", "", FileCondition.Perfect)]
    [InlineData("50+10 20+10", "50+10 20+10", "", FileCondition.Perfect)]
    [InlineData("50+10 20+10", "50+10 20+5", "15+5", FileCondition.Damaged)]
    [InlineData("50+10 20+10", "20+10", "0+10", FileCondition.Damaged)]
    [InlineData("20+10 20+10", "22+8", "0+2 10+2", FileCondition.Damaged)]
    [InlineData("20+10 ~+5 30+10", "20+20", "", FileCondition.Perfect)]
    [InlineData("20+10 ~+5 30+10", "20+10", "15+10", FileCondition.Damaged)]
    [InlineData("~+5", "", "", FileCondition.Perfect)]
    [InlineData("20+10 ~+5", "", "0+10", FileCondition.Damaged)]
    [InlineData("9000+10", "0+100", "0+10", FileCondition.Lost)]
    [InlineData("0+30", "0+3 5+3 10+20", "3+2 8+2", FileCondition.Damaged)]
    public void A_file_lacks_what_its_extents_lack(string extents, string read, string lost, FileCondition condition)
    {
        var verdict = FileVerdict.Of(File(ExtentsOf(extents)), SetOf(read));
        Assert.Equal(SetOf(lost), verdict.Lost);
        Assert.Equal(condition, verdict.Condition);
        Assert.True(verdict.IsPlaceKnown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_file_without_a_place_is_lost_even_an_empty_one(long size)
    {
        var entry = new FileEntry { Name = "x", Kind = EntryKind.File, Size = size, Extents = null };
        var verdict = FileVerdict.Of(entry, ByteSet.Of(new ByteRange(0, 1000)));
        Assert.Equal(FileCondition.Lost, verdict.Condition);
        Assert.Equal(size, verdict.Lost.TotalLength);
    }

    [Fact]
    public void Lost_bytes_are_those_that_a_look_at_every_single_byte_finds()
    {
        var extent = Gen.Select(Gen.Int[-1, 50], Gen.Int[0, 12], (start, length) => new Extent(start, length));
        Gen.Select(extent.Array[0, 5], Sectors.Bits.Set).Sample((extents, read) =>
        {
            var isRead = Sectors.Bits.Of(read);
            var bytes = extents.SelectMany(one => Enumerable.Range((int)one.Start, (int)one.Length)
                .Select(at => !one.IsStored || isRead[at])).ToArray();
            var verdict = FileVerdict.Of(File(extents), read);
            var lost = ByteSet.Of(bytes.Index().Where(pair => !pair.Item).Select(pair => new ByteRange(pair.Index, 1)));
            Assert.Equal(lost, verdict.Lost);
            Assert.Equal(
                bytes.All(good => good) ? FileCondition.Perfect : bytes.Any(good => good) ? FileCondition.Damaged : FileCondition.Lost,
                verdict.Condition);
        });
    }

    private static FileEntry File(IReadOnlyList<Extent> extents) =>
        new() { Name = "x", Kind = EntryKind.File, Size = extents.Sum(extent => extent.Length), Extents = extents };

    private static Extent[] ExtentsOf(string text) =>
        [.. Pairs(text).Select(pair => new Extent(pair.Start == "~" ? Extent.Nowhere : Number(pair.Start), pair.Length))];

    private static ByteSet SetOf(string text) => ByteSet.Of(Pairs(text).Select(pair => new ByteRange(Number(pair.Start), pair.Length)));

    private static IEnumerable<(string Start, long Length)> Pairs(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('+')).Select(part => (part[0], Number(part[1])));

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
