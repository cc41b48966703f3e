using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;
using CdBackuper.Tests.Images;
using CdBackuper.Tests.Sectors.Raw;

namespace CdBackuper.EndToEnd;

/// <summary>Video CDs: their films lie in sectors of 2324 bytes, which only raw images have.</summary>
public sealed class VideoCdTests
{
    private const int FilmPacks = 400;
    private const int FrontSectors = 30;
    private const int Form2Size = 2324;

    [Fact]
    public void A_film_comes_whole_out_of_a_raw_image()
    {
        using var bench = new Bench();
        var film = VideoCd.Make(bench, FilmPacks);

        bench.Node().Import(bench.Folder["disc.cue"]).Expect(0);

        var disc = bench.OnlyDisc;
        Assert.Equal("whole", disc.Status.Text("condition"));
        Assert.Equal(("100", "0"), (disc.Status["ddrescue"]!["rescued_pct"]!.ToString(), disc.Status["ddrescue"]!["read_errors"]!.ToString()));
        Assert.Equal(Expected(bench), File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]));
        Assert.Equal(FrontSectors * Form2Size, File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]).AsSpan().IndexOf(film));
        disc.ManifestMustHold();
        var entry = Entry(disc);
        Assert.Equal((FilmPacks + 75) * 2048L, (long)entry["statedSize"]!);
        Assert.Equal((FilmPacks + 75) * (long)Form2Size, (long)entry["size"]!);
        Assert.Equal(Form2Size, (int)entry["extents"]![0]!["sectorBytes"]!);
        Assert.False(disc.HasImage);
        Assert.Empty(disc.Matching("disc.form2*"));

        bench.Node().Import(bench.Folder["disc.cue"]).Expect(0);
        Assert.Equal(2, disc.Attempts.Count);
    }

    [Theory]
    [InlineData("ccd")]
    [InlineData("nrg")]
    [InlineData("old.nrg")]
    public void A_film_comes_whole_out_of_other_raw_images_too(string kind)
    {
        using var bench = new Bench();
        VideoCd.Make(bench, FilmPacks);

        bench.Node().Import(Convert(bench, kind)).Expect(0);

        var disc = bench.OnlyDisc;
        Assert.Equal("whole", disc.Status.Text("condition"));
        Assert.Equal(Expected(bench), File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]));
        disc.ManifestMustHold();
    }

    /// <summary>A long film's sectors are kept with 2336 bytes each: an archive that has just room for 2048 of each is too full.</summary>
    [Theory]
    [InlineData("cue")]
    [InlineData("ccd")]
    [InlineData("nrg")]
    public void Room_is_asked_for_what_will_be_written_of_a_film(string kind)
    {
        const int Packs = 4000;
        using var bench = new Bench();
        VideoCd.Make(bench, Packs);
        var image = Convert(bench, kind);
        Directory.CreateDirectory(bench.Archive);
        var plainBytes = new FileInfo(bench.Folder["disc.bin"]).Length / RawImages.SectorSize * 2048L;
        var room = plainBytes + (16L << 20) + (Packs * (2336L - 2048) / 2); // the spare, and half of what the film takes more

        var result = bench.Node().RunAmongMounts(
            """
            mount -t tmpfs -o "size=$4" none "$2"
            if "$1" import "$3" --archive "$2"; then
              echo "a full archive is no success" >&2
              exit 9
            fi
            if find "$2" -name 'disc.form2' | grep .; then
              echo "it began to copy" >&2
              exit 8
            fi
            mount -o remount,size=128m "$2"
            "$1" import "$3" --archive "$2"
            cp -a "$2" "$2.copy"
            """,
            image,
            room.ToString(System.Globalization.CultureInfo.InvariantCulture)).Expect(0);

        Assert.Contains("this disc needs", result.Error, StringComparison.Ordinal);
        var disc = new DiscFolder(Directory.EnumerateDirectories(bench.Archive + ".copy").Single(path => !Path.GetFileName(path).StartsWith('.')));
        Assert.Equal((Packs + 75) * Form2Size, new FileInfo(disc["files/MPEGAV/AVSEQ01.DAT"]).Length);
        Assert.Equal("whole", disc.Status.Text("condition"));
    }

    [Fact]
    public void A_wrong_sector_of_a_film_is_missed_alone_and_a_better_image_fills_it()
    {
        using var bench = new Bench();
        VideoCd.Make(bench, FilmPacks);
        var right = File.ReadAllBytes(bench.Folder["disc.bin"]);
        var wrong = (byte[])right.Clone();
        wrong[((VideoCd.FirstSector + 100) * RawImages.SectorSize) + 1500] ^= 8;
        bench.Folder.Write("disc.bin", wrong);
        bench.Node().Import(bench.Folder["disc.cue"]).Expect(3);

        var disc = bench.OnlyDisc;
        var expected = Expected(bench);
        expected.AsSpan(100 * Form2Size, Form2Size).Clear();
        Assert.Equal(expected, File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]));
        Assert.Equal($"[{{\"start\":{100 * Form2Size},\"length\":{Form2Size}}}]", Entry(disc)["lost"]!.ToJsonString());
        Assert.Equal("damaged", Entry(disc).Text("condition"));
        Assert.Equal(1, (int)disc.Status["ddrescue"]!["read_errors"]!);
        Assert.True(disc.HasImage);
        Assert.Equal((FilmPacks + 74 + 150) * 2048L, Mapfile.Bytes(disc["disc.form2.mapfile"], '+'));

        bench.Folder.Write("disc.bin", right);
        bench.Node().Import(bench.Folder["disc.cue"]).Expect(0);
        Assert.Equal(Expected(bench), File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]));
        Assert.Empty(disc.Matching("disc.form2*"));
    }

    [Fact]
    public void What_is_kept_beside_the_image_is_never_taken_for_read_without_its_map_or_itself()
    {
        using var bench = new Bench();
        VideoCd.Make(bench, FilmPacks);
        bench.Node().Import(bench.Folder["disc.cue"], "--keep-image").Expect(0);
        var disc = bench.OnlyDisc;
        Assert.Contains("disc.form2", File.ReadAllText(disc["manifest-sha256.txt"]), StringComparison.Ordinal);
        Tool.Script("cd \"$1\" && sha256sum --check --strict --quiet manifest-sha256.txt", disc.Path);

        File.Delete(disc["disc.form2"]);
        File.Delete(disc["files/MPEGAV/AVSEQ01.DAT"]);
        bench.Node().Import(bench.Folder["disc.cue"], "--keep-image").Expect(0);

        Assert.Equal(Expected(bench), File.ReadAllBytes(disc["files/MPEGAV/AVSEQ01.DAT"]));
        Tool.Script("cd \"$1\" && sha256sum --check --strict --quiet manifest-sha256.txt", disc.Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Films_that_belong_to_no_file_keep_the_images_and_blank_sectors_do_not(bool isBlank)
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["plain.iso"], "GAME", new SourceFiles(seed: 6).Add("GAME.EXE", 50_000));
        var raw = RawImages.Wrap(disc, mode: 2);
        var film = new byte[Form2Size];
        var sectors = Enumerable.Range(raw.Length / RawImages.SectorSize, 20).SelectMany(sector =>
        {
            new Random(sector).NextBytes(isBlank ? [] : film);
            return RawSectorWriter.Form2(film, sector);
        });
        bench.Folder.Write("game.bin", [.. raw, .. sectors]);

        var cue = bench.Folder.Write("game.cue", "FILE game.bin BINARY\nTRACK 01 MODE2/2352\nINDEX 01 00:00:00\n");
        bench.Node().Import(cue).Expect(0);

        Assert.Equal(disc.Hashes, bench.OnlyDisc.Hashes);
        Assert.Equal(!isBlank, bench.OnlyDisc.HasImage);
        Assert.Equal(isBlank ? 0 : 2, bench.OnlyDisc.Matching("disc.form2*").Count);
    }

    [Fact]
    public void Plain_sectors_have_no_films_and_the_verdict_says_what_to_do()
    {
        using var bench = new Bench();
        VideoCd.Make(bench, FilmPacks);

        // What a drive gives: all but the sectors of Form 2, which are errors.
        bench.Node().Import(bench.Folder["disc.cue"], "--keep-image").Expect(0);
        var first = bench.OnlyDisc;
        using var other = new Bench();
        File.Copy(first["disc.iso"], other.Folder["disc.iso"]);
        var map = other.Folder["drive.map"];
        File.Copy(first["ddrescue.mapfile"], map);

        var result = other.Node().Import(other.Folder["disc.iso"], "--simulate-damage", map).Expect(3);

        Assert.Contains("This is a Video CD or the like: its films need raw reading", result.Out, StringComparison.Ordinal);
        Assert.Equal("lost", Entry(other.OnlyDisc).Text("condition"));
        Assert.Equal((FilmPacks + 75) * (long)Form2Size, (long)Entry(other.OnlyDisc)["size"]!);

        // The same disc from a raw image: the film comes to what is there already.
        other.Node().Import(bench.Folder["disc.cue"]).Expect(0);
        Assert.Equal(Expected(bench), File.ReadAllBytes(other.OnlyDisc["files/MPEGAV/AVSEQ01.DAT"]));
        Assert.Equal("whole", other.OnlyDisc.Status.Text("condition"));
    }

    /// <summary>The same disc described otherwise: its data track, and that of its film.</summary>
    /// <returns>The image to import.</returns>
    private static string Convert(Bench bench, string kind)
    {
        if (kind == "cue")
        {
            return bench.Folder["disc.cue"];
        }

        var bytes = File.ReadAllBytes(bench.Folder["disc.bin"]);
        if (kind == "ccd")
        {
            var end = bytes.Length / RawImages.SectorSize;
            string point(int number, int point, int sector) =>
                $"[Entry {number}]\nSession=1\nPoint=0x{point:x2}\nADR=0x01\nControl=0x04\nPLBA={sector}\n";
            bench.Folder.Write("film.img", bytes);
            return bench.Folder.Write(
                "film.ccd",
                "[CloneCD]\nVersion=3\n" + point(0, 0xA2, end) + point(1, 1, 0) + point(2, 2, VideoCd.FirstSector)
                + "[TRACK 1]\nMODE=2\nINDEX 1=0\n[TRACK 2]\nMODE=2\n");
        }

        const int Whole = 6; // Nero's code of Mode 2 with all 2352 bytes
        var cut = VideoCd.FirstSector * RawImages.SectorSize;
        var image = new NeroImage(isNew: kind == "nrg").Track(bytes[..cut], 1, Whole, 2352, 0).Track(bytes[cut..], 2, Whole, 2352, VideoCd.FirstSector);
        return bench.Folder.Write("film.nrg", (kind == "nrg" ? image.AtOnce() : image.TrackByTrack()).ToBytes());
    }

    /// <summary>2324 bytes of each sector, cut out of the image by hand.</summary>
    private static byte[] Expected(Bench bench) =>
    [
        .. File.ReadAllBytes(bench.Folder["disc.bin"]).Chunk(RawImages.SectorSize)
            .Skip(VideoCd.FirstSector).Take(FilmPacks + 75).SelectMany(sector => sector[24..(24 + Form2Size)]),
    ];

    private static JsonNode Entry(DiscFolder disc) => JsonNode.Parse(File.ReadAllText(disc["listing.json"]))!["entries"]!.AsArray()
        .Single(entry => entry!["path"]!.ToString() == "MPEGAV/AVSEQ01.DAT")!;
}
