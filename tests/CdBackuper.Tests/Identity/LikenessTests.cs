using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Identity;

public sealed class LikenessTests
{
    // uuid, descriptor, length in sectors of the disc in the drive and of the known one
    [Theory]
    [InlineData("u", "d", 1000, "u", "d", 1000, true)]
    [InlineData("u", "d", 1000, "u", "e", 5000, true)]
    [InlineData("u", "d", 1000, "v", "d", 5000, true)]
    [InlineData("u", "d", 1000, "v", "e", 1000, false)]
    [InlineData(null, "d", 1000, null, "e", 1000, false)]
    [InlineData(null, null, 1000, "u", "d", 1002, true)]
    [InlineData(null, null, 1000, "u", "d", 1300, true)]
    [InlineData(null, null, 1000, "u", "d", 1301, false)]
    [InlineData("u", "d", 1000, null, null, 700, true)]
    [InlineData("u", "d", 1000, null, null, 699, false)]
    [InlineData(null, null, 0, null, null, 0, true)]
    [InlineData(null, null, 16, null, null, 199, false)]
    [InlineData(null, null, 100, null, null, 200, true)]
    [InlineData(null, null, 100, null, null, 201, false)]
    [InlineData("u", "d", 16, "v", "d", 199, true)]
    public void It_is_worth_comparing_what_agrees_or_could_not_be_read(
        string? uuid, string? descriptor, long length, string? knownUuid, string? knownDescriptor, long knownLength, bool mayBe) =>
        Assert.Equal(mayBe, Likeness.Of(Of(uuid, descriptor, length), Of(knownUuid, knownDescriptor, knownLength)) > 0);

    [Fact]
    public void The_end_of_the_descriptors_which_all_discs_share_is_no_likeness()
    {
        var terminator = new byte[Sector.Size];
        terminator[0] = 0xFF;
        System.Text.Encoding.ASCII.GetBytes("CD001").CopyTo(terminator, 1);
        terminator[6] = 1;
        var mark = Fingerprint.Prove(18, terminator);
        Assert.False(TellingSector.IsTelling(terminator));
        Assert.False(TellingSector.IsTelling(mark));
        Assert.Equal(0, Likeness.Of(new() { Anchors = [new(16, "a"), mark], LengthBytes = 1 }, new() { Anchors = [new(16, "b"), mark] }));
    }

    [Fact]
    public void More_in_common_comes_first()
    {
        var seen = Of("u", "d", 1000) with { VolumeName = "N", Sessions = [new(0, 900, 20, "root", 1)] };
        DiscEvidence[] inOrder =
        [
            seen,
            seen with { VolumeName = null },
            Of("u", "d", 1002),
            Of(null, "d", 1000),
            Of("u", "e", 5000),
            Of("v", null, 1000),
        ];
        var likenesses = inOrder.Select(known => Likeness.Of(seen, known)).ToArray();
        Assert.Equal(likenesses.OrderDescending(), likenesses);
        Assert.Equal(likenesses.Length, likenesses.Distinct().Count());
    }

    [Fact]
    public void A_disc_whose_head_was_written_anew_with_a_session_is_found_by_its_name()
    {
        var known = Of("u", "d", 1000) with { VolumeName = "N", Sessions = [new(0, 900, 20, "root", 1)] };
        var seen = Of("v", "e", 5000) with { VolumeName = "N", Sessions = [new(0, 2000, 950, "new", 1)] };
        Assert.True(seen.HasGrownFrom(known));
        Assert.True(Likeness.Of(seen, known) > 0);
        Assert.Equal(0, Likeness.Of(seen with { VolumeName = "M" }, known));
        Assert.False(known.HasGrownFrom(seen));
        Assert.False(seen.HasGrownFrom(seen));
    }

    private static DiscEvidence Of(string? uuid, string? descriptor, long sectors) => new()
    {
        Uuid = uuid,
        LengthBytes = sectors * Sector.Size,
        Anchors = descriptor is null ? [] : [new(16, descriptor)],
    };
}
