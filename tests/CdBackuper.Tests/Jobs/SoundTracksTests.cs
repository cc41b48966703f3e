using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Jobs;

public sealed class SoundTracksTests
{
    [Theory]
    [InlineData("d", null)]
    [InlineData("da", "Track 2 is sound, which this version does not read.")]
    [InlineData("daa", "Tracks 2 and 3 are sound, which this version does not read.")]
    [InlineData("daaaa", "Tracks 2 to 5 are sound, which this version does not read.")]
    [InlineData("adaaada", "Tracks 1, 3 to 5 and 7 are sound, which this version does not read.")]
    public void Tracks_of_sound_are_named(string kinds, string? expected)
    {
        var tracks = kinds.Select((kind, index) => new TocTrack(index + 1, 1000 * index, kind == 'd'));
        Assert.Equal(expected, SoundTracks.Describe(new([.. tracks], 1_000_000, null)));
    }

    [Fact]
    public void Without_a_table_of_contents_nothing_is_said() => Assert.Null(SoundTracks.Describe(null));
}
