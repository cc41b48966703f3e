using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Identity;

public sealed class DiscEvidenceTests
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
    public void It_is_worth_comparing_what_agrees_or_could_not_be_read(
        string? uuid, string? descriptor, long length, string? knownUuid, string? knownDescriptor, long knownLength, bool mayBe) =>
        Assert.Equal(mayBe, Of(uuid, descriptor, length).MayBe(Of(knownUuid, knownDescriptor, knownLength)));

    private static DiscEvidence Of(string? uuid, string? descriptor, long sectors) => new()
    {
        Uuid = uuid,
        LengthBytes = sectors * Sector.Size,
        Anchors = descriptor is null ? [new(17, "terminator")] : [new(16, descriptor), new(17, "terminator")],
    };
}
