using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes;

/// <summary>A file's bytes at any place: preamble, runs of the disc, runs of zeros, runs that are coded.</summary>
public sealed class FileContentTests
{
    private static readonly byte[] Plain = [.. Enumerable.Range(0, 3000).Select(index => (byte)(index * 7))];
    private static readonly byte[] Coded = Zlib.Encode(Plain);

    private readonly byte[] disc = new byte[8 * 2048];
    private readonly FileEntry entry;
    private readonly byte[] expected;

    public FileContentTests()
    {
        new Random(1).NextBytes(disc);
        Coded.CopyTo(disc, 5000);
        byte[] head = [1, 2, 3];
        entry = new()
        {
            Name = "file",
            Kind = EntryKind.File,
            Preamble = head,
            Size = 3 + 2500 + 4000 + 3000 + 10,
            Extents = [new(100, 2500), new(Extent.Nowhere, 4000), new(5000, 3000, Coded.Length), new(12_000, 10)],
        };
        expected = [.. head, .. disc[100..2600], .. new byte[4000], .. Plain, .. disc[12_000..12_010]];
    }

    [Theory]
    [InlineData(0, 9513)]
    [InlineData(0, 0)]
    [InlineData(9513, 0)]
    [InlineData(2, 2)]
    [InlineData(2502, 2)]
    [InlineData(6400, 2000)]
    [InlineData(9502, 11)]
    public void Any_part_reads_as_it_is(int position, int length)
    {
        var buffer = new byte[length];
        Assert.True(new FileContent(new ScratchedDisc(disc), entry).TryRead(position, buffer));
        Assert.Equal(expected[position..(position + length)], buffer);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(9513, 1)]
    [InlineData(0, 9514)]
    public void Nothing_is_read_outside_the_file(int position, int length) =>
        Assert.False(new FileContent(new ScratchedDisc(disc), entry).TryRead(position, new byte[length]));

    [Fact]
    public void An_unreadable_sector_fails_the_parts_that_need_it_and_no_others()
    {
        var content = new FileContent(new ScratchedDisc(disc).Without(5000 / 2048), entry);
        Assert.True(content.TryRead(0, new byte[6503]));
        Assert.False(content.TryRead(6503, new byte[1]));
        Assert.False(content.TryRead(9502, new byte[1]));
        Assert.True(content.TryRead(9503, new byte[10]));
    }

    [Fact]
    public void A_coded_run_that_can_not_be_decoded_is_not_read()
    {
        disc[5000 + (Coded.Length / 2)] ^= 0x55;
        Assert.False(new FileContent(new ScratchedDisc(disc), entry).TryRead(7000, new byte[1]));
    }

    [Fact]
    public void A_hole_in_a_coded_run_loses_all_of_it_and_a_preamble_is_never_lost()
    {
        var hole = new ByteRange(5000 + Coded.Length - 1, 1);
        var verdict = FileVerdict.Of(entry, ByteSet.Of(new ByteRange(0, disc.Length)).Except(ByteSet.Of(hole)));
        Assert.Equal(ByteSet.Of(new ByteRange(6503, 3000)), verdict.Lost);
        Assert.Equal(
            ByteSet.Of(new ByteRange(3, 2500), new ByteRange(6503, 3010)), FileVerdict.Of(entry, ByteSet.Empty).Lost);
    }
}
