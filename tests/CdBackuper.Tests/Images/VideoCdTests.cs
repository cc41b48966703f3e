using System.Security.Cryptography;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Sectors.Raw;
using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Images;

/// <summary>Files whose sectors are of Mode 2 Form 2, read from whole sectors.</summary>
public sealed class VideoCdTests
{
    private const int FilmPacks = 120;

    [Fact]
    public void A_film_is_what_programs_for_Video_CDs_take_out_of_the_image()
    {
        using var folder = MakeVideoCd(out var film);
        Tool.Run("bash", "-c", "cd \"$1\" && vcdxrip --bin-file=disc.bin", "test", folder.Path);
        var ripped = File.ReadAllBytes(folder["avseq01.mpg"]);
        Assert.Equal(SHA256.HashData(film), SHA256.HashData(ripped));
        var image = RawImage.Open(folder["disc.cue"]);
        var entry = Film(image);

        var content = Read(image, entry);

        // The file has the empty sectors around the film too, which are part of the track.
        Assert.Equal((content.Length, content.Length / RawSector.Form2Size * Sector.Size), ((int)entry.Size, (int)entry.StatedSize!));
        var start = content.AsSpan().IndexOf(ripped);
        Assert.Equal(30 * RawSector.Form2Size, start);
        Assert.False(content.AsSpan(0, start).ContainsAnyExcept((byte)0));
        Assert.False(content.AsSpan(start + ripped.Length).ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("TRACK MODE2_RAW", 0, 2352)]
    [InlineData("TRACK MODE2", 16, 2336)]
    public void A_film_is_the_same_in_each_kind_of_raw_image(string track, int from, int length)
    {
        using var folder = MakeVideoCd(out _);
        var image = RawImage.Open(folder["disc.cue"]);
        var whole = File.ReadAllBytes(folder["disc.bin"]).Chunk(RawSectorWriter.Size).ToArray();
        File.WriteAllBytes(folder["other.bin"], [.. whole.SelectMany(sector => sector[from..(from + length)])]);
        File.WriteAllText(folder["disc.toc"], $"CD_ROM_XA\n{track}\nDATAFILE \"other.bin\"\n");

        var other = RawImage.Open(folder["disc.toc"]);

        Assert.Equal(Film(image).Extents, Film(other).Extents);
        Assert.Equal(Read(image, Film(image)), Read(other, Film(other)));
    }

    [Fact]
    public void A_sector_whose_check_sum_is_wrong_is_unreadable_and_changes_no_place()
    {
        using var folder = MakeVideoCd(out _);
        var right = RawImage.Open(folder["disc.cue"]);
        var (entry, content) = (Film(right), Read(right, Film(right)));
        var bytes = File.ReadAllBytes(folder["disc.bin"]);
        var sector = (int)(entry.Extents![0].Start / Sector.Size) + 50;
        bytes[(sector * RawSectorWriter.Size) + 1000] ^= 1;
        File.WriteAllBytes(folder["disc.bin"], bytes);

        var image = RawImage.Open(folder["disc.cue"]);
        var reader = new FileContent(image.Sectors, Film(image));

        Assert.Equal(entry.Extents, Film(image).Extents);
        Assert.True(image.Sectors.Form2.IsForm2(sector));
        Assert.False(image.Sectors.Form2.TryReadForm2(sector, new byte[RawSector.BodySize]));
        var one = new byte[RawSector.Form2Size];
        Assert.False(reader.TryRead(50 * one.Length, one));
        Assert.True(reader.TryRead(51 * one.Length, one));
        Assert.Equal(content[(51 * one.Length)..(52 * one.Length)], one);
    }

    [Fact]
    public void A_file_of_both_forms_is_the_bytes_of_its_sectors_in_turn()
    {
        var (mixed, expected) = MakeMixed(attributes: 0x2555);
        var entry = Assert.Single(Volume(mixed).Entries);

        Assert.Equal((expected.Length, 4L * Sector.Size), ((int)entry.Size, entry.StatedSize));
        Assert.Equal(3, entry.Extents!.Count);
        Assert.Equal(expected, Read(mixed, entry));
    }

    [Fact]
    public void What_the_sectors_say_counts_where_the_directory_says_nothing_of_their_form()
    {
        var (mixed, expected) = MakeMixed(attributes: 0x0D55, isFirstForm2: true);

        Assert.Equal(expected, Read(mixed, Assert.Single(Volume(mixed).Entries)));
    }

    [Fact]
    public void From_plain_sectors_that_can_not_be_read_the_length_and_place_are_the_same()
    {
        using var folder = MakeVideoCd(out _);
        var image = RawImage.Open(folder["disc.cue"]);
        var entry = Film(image);

        // As a drive has it: sectors of Form 2 are read errors, and nobody says why.
        var drive = new DamagedSectors(image.Sectors, ByteSet.Of(new ByteRange(0, image.Sectors.SectorCount * Sector.Size)));
        var volume = Assert.Single(VolumeReader.ReadAll(drive, new()));
        var seen = volume.Entry("AVSEQ01.DAT");

        Assert.Null(((ISectorSource)drive).Form2);
        Assert.Equal((entry.Size, entry.StatedSize), (seen.Size, seen.StatedSize));
        Assert.Equal(entry.Extents, seen.Extents);
        Assert.Contains(DamageIds.IsoXaForm2, volume.Damages.Select(damage => damage.Id));
        Assert.False(new FileContent(drive, seen).TryRead(0, new byte[10]));
    }

    private static TempFolder MakeVideoCd(out byte[] film)
    {
        Tool.Require("vcdimager", "vcdxrip");
        var folder = new TempFolder();
        film = MadeFilm.Make(FilmPacks);
        File.WriteAllBytes(folder["film.mpg"], film);
        Tool.Run("bash", "-c", "cd \"$1\" && vcdimager -q -t vcd2 -c disc.cue -b disc.bin film.mpg", "test", folder.Path);
        return folder;
    }

    private static IVolume Volume(RawImage image) => Assert.Single(VolumeReader.ReadAll(image.Sectors, new()
    {
        TrackStarts = [.. image.Layout.Tracks.Select(track => track.Start)],
    }));

    private static FileEntry Film(RawImage image) => Volume(image).Entry("AVSEQ01.DAT");

    private static byte[] Read(RawImage image, FileEntry entry)
    {
        var content = new byte[entry.Size];
        Assert.True(new FileContent(image.Sectors, entry).TryRead(0, content));
        return content;
    }

    /// <summary>One file of four sectors: a plain one, two of Form 2, a plain one; or all but the last of Form 2.</summary>
    private static (RawImage Image, byte[] Content) MakeMixed(int attributes, bool isFirstForm2 = false)
    {
        byte[] xa = [0, 0, 0, 0, (byte)(attributes >> 8), (byte)attributes, .. "XA"u8, 1, 0, 0, 0, 0, 0];
        var text = new string('x', 4 * Sector.Size);
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("MOVIE.DAT;1", text) { SystemUse = xa });
        var first = Assert.Single(disc.Read().Entries).Extents![0].Start / Sector.Size;
        var (raw, content, random) = (new List<byte>(), new List<byte>(), new Random(1));
        var user = new byte[Sector.Size];
        for (var sector = 0L; sector < disc.SectorCount; sector++)
        {
            var place = sector - first;
            var film = new byte[RawSector.Form2Size];
            random.NextBytes(film);
            Assert.True(disc.TryRead(sector, user));
            var isForm2 = place is 1 or 2 || (place == 0 && isFirstForm2);
            raw.AddRange(isForm2 ? RawSectorWriter.Form2(film, sector, hasSum: place == 1) : RawSectorWriter.Form1(user, sector));
            content.AddRange(place is < 0 or > 3 ? [] : isForm2 ? film : user);
        }

        using var folder = new TempFolder();
        File.WriteAllBytes(folder["d.bin"], [.. raw]);
        File.WriteAllText(folder["d.cue"], "FILE \"d.bin\" BINARY\n  TRACK 01 MODE2/2352\n    INDEX 01 00:00:00\n");
        return (RawImage.Open(folder["d.cue"]), [.. content]);
    }
}
