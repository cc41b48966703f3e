using System.Globalization;
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

    [Fact]
    public void Told_where_its_tracks_begin_an_image_is_not_moved()
    {
        var disc = MadeDisc.Make("-R", "-C", $"0,{Offset}");
        Assert.Empty(VolumeReader.Read(disc, new() { TrackStarts = [0] })!.Entries);
    }
}
