using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Images of one track alone, whose numbers count from the disc's beginning; isoinfo, told of it, is the judge.</summary>
public sealed class TrackImageTests
{
    private const int Offset = 11_700;

    [Fact]
    public void A_track_alone_is_read_as_if_it_lay_where_the_disc_had_it()
    {
        Tool.Require("isoinfo");
        var disc = MadeDisc.Make("-R", "-J", "-C", $"0,{Offset}");
        var volume = disc.Read();
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["track.iso"], disc.Bytes);
        var theirs = Tool.Run(
            "isoinfo", "-R", "-f", "-N", Offset.ToString(CultureInfo.InvariantCulture), "-i", folder["track.iso"]);

        Assert.Equal(
            theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            EntryPaths.Assign(volume.Entries).Select(path => "/" + path).Order(StringComparer.Ordinal));
        Assert.Equal("picture one", disc.Text(volume.Entry("bild eins.jpg")));
        Assert.Equal([DamageIds.IsoTrackOffset], volume.Damages.Select(damage => damage.Id));
        Assert.False(volume.IsIncomplete);
        Assert.Equal(0, volume.SessionStart);
        Assert.True(volume.Structures.End <= disc.Bytes.Length);
    }

    [Fact]
    public void Of_a_file_in_an_earlier_track_only_the_name_is_known()
    {
        var disc = MadeDisc.Make("-R", "-C", $"0,{Offset}");
        BitConverter.GetBytes(100).CopyTo(disc.Bytes, disc.RecordOf("NOTES.TXT;1") + 2);
        var entry = disc.Read().Entry("notes.txt");

        Assert.Null(entry.Extents);
        Assert.Equal(5, entry.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    public void A_session_that_lies_elsewhere_than_its_numbers_say_is_read_where_it_is(int start)
    {
        var session = MadeDisc.Make("-R", "-J", "-C", $"0,{Offset}");
        var disc = new ScratchedDisc([.. new byte[start * Sector.Size], .. session.Bytes]);
        var volume = VolumeReader.Read(disc, new() { TrackStarts = [start] })!;

        Assert.Equal("picture one", Text(disc, volume.Entries.Single(entry => entry.Name == "bild eins.jpg")));
        Assert.Equal([DamageIds.IsoTrackOffset], volume.Damages.Select(damage => damage.Id));
        Assert.Equal(start, volume.SessionStart);
        Assert.False(volume.IsIncomplete);
    }

    [Fact]
    public void Tracks_whose_numbers_count_from_their_own_start_are_volumes_each()
    {
        var (first, second) = (MadeDisc.Make("-R", "-J"), MadeDisc.Make("-R", "-J"));
        var start = (first.Bytes.Length / Sector.Size) + 150;
        var text = second.Bytes.AsSpan().IndexOf("picture one"u8);
        "picture two"u8.CopyTo(second.Bytes.AsSpan(text));
        var disc = new ScratchedDisc([.. first.Bytes, .. new byte[150 * Sector.Size], .. second.Bytes]);

        var volumes = VolumeReader.ReadAll(disc, new() { TrackStarts = [0, start] }).ToArray();

        Assert.Equal(["picture one", "picture two"], volumes.Select(volume => Text(disc, volume.Entries.Single(entry => entry.Name == "bild eins.jpg"))));
        Assert.Equal([0, start], volumes.Select(volume => volume.SessionStart));
        Assert.DoesNotContain(volumes, volume => volume.IsIncomplete);
    }

    private static string Text(ScratchedDisc disc, FileEntry entry)
    {
        var extent = Assert.Single(entry.Extents!);
        return System.Text.Encoding.UTF8.GetString(disc.Bytes, (int)extent.Start, (int)extent.Length);
    }
}
