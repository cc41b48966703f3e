using System.Text;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Volumes;
using CdBackuper.Notices;
using CdBackuper.Notices.Pictures;
using CdBackuper.Tests.Volumes;
using CsCheck;

namespace CdBackuper.Tests.Notices;

/// <summary>The sheet of a disc's photographs: made of true JPEG files by libjpeg-turbo, looked at with netpbm, and attacked.</summary>
public sealed class ContactSheetTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly OutboxBench bench = new();

    /// <summary>All ways to hold a camera, in both byte orders; 0 and 9 are none, and pixels stay as they lie.</summary>
    public static MatrixTheoryData<int, bool> Holds => new(Enumerable.Range(0, 10), [true, false]);

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Photographs_of_all_shapes_are_on_it_and_nothing_of_their_notes_is()
    {
        Tool.Require("cjpeg", "djpeg");
        var (folder, listing) = Disc([
            ("DCIM/wide.jpg", MadeJpeg.WithNotes(Jpeg(4000, 500, 250), [.. "Exif\0\0"u8, .. "SECRET PLACE"u8, .. new byte[60_000]])),
            ("DCIM/high.JPG", Jpeg(300, 2400, 30)), ("DCIM/tiny.jpeg", Jpeg(8, 8, 120)),
            ("no.jpg", "no picture"u8.ToArray()), ("cut.jpg", Jpeg(1000, 1000, 200)[..3000]),
        ]);

        var sheet = ContactSheet.TryDraw(folder, listing, Never)!;

        Assert.DoesNotContain("SECRET PLACE", Encoding.Latin1.GetString(sheet.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(sheet.Bytes), StringComparison.Ordinal);
        Assert.True(JpegHead.TryRead(sheet.Bytes, out var head));
        Assert.Equal(new JpegHead((4 * 244) - 4, 180), head);
    }

    [Fact]
    public void A_disc_with_hundreds_has_a_dozen_from_all_over_it()
    {
        var entries = Enumerable.Range(0, 500).Select(index => Entry($"DCIM/{index:D4}.jpg", 1000)).ToArray();
        var chosen = ContactSheet.Choose(new("ISO 9660", entries, [], 0)).Select(file => int.Parse(file.Path[5..9], null)).ToArray();
        Assert.Equal(24, chosen.Distinct().Count());
        Assert.InRange(chosen.Take(12).Min(), 0, 50);
        Assert.InRange(chosen.Take(12).Max(), 400, 499);
        Assert.Null(ContactSheet.TryDraw(bench.Archive.Disc("none"), Listing.Empty, Never));
    }

    [Fact]
    public void A_file_that_claims_a_huge_picture_is_not_decoded()
    {
        Tool.Require("cjpeg", "djpeg");
        var (folder, listing) = Disc([
            ("bomb.jpg", MadeJpeg.Claiming(MadeJpeg.Quarters(64, 64), ushort.MaxValue, ushort.MaxValue)),
            ("scans.jpg", MadeJpeg.Claiming(MadeJpeg.Quarters(64, 64, "-progressive"), 14_100, 14_100)),
        ]);
        Assert.Null(ContactSheet.TryDraw(folder, listing, Never));
    }

    [Theory]
    [MemberData(nameof(Holds))]
    public void A_photograph_is_upright_however_the_camera_was_held(int orientation, bool isLittle)
    {
        Tool.Require("cjpeg", "djpeg", "exifautotran");
        using var place = new TempFolder();
        File.WriteAllBytes(place["a.jpg"], MadeJpeg.Held(MadeJpeg.Quarters(640, 320), orientation, isLittle));
        var tile = ContactSheet.TryDecode(place["a.jpg"], place.Path, Never)!;

        // libjpeg-turbo's own: turns the file without loss, and says then that it lies upright.
        Tool.Run("exifautotran", place["a.jpg"]);
        var right = ContactSheet.TryDecode(place["a.jpg"], place.Path, Never)!;

        Assert.Equal(right.Width > right.Height, tile.Width > tile.Height);
        Assert.InRange(OnSheet(tile).Zip(OnSheet(right), (one, other) => Math.Abs(one - other)).Average(), 0, 3);
    }

    [Fact]
    public void Any_notes_of_a_camera_are_read_within_their_bounds() => Check.Sample(
        Gen.Select(Gen.Bool, Gen.Byte.Array[0, 80]),
        notes => Assert.InRange(
            ExifOrientation.Of([.. "Exif\0\0"u8, .. notes.Item1 ? "II*\0"u8 : "MM\0*"u8, 0, 0, 0, .. notes.Item2]), 1, 8));

    [Fact]
    public void Any_damage_to_a_file_costs_its_tile_at_most() => Check.Sample(
        Gen.Select(Gen.Int[0, 2000], Gen.Byte),
        damage =>
        {
            using var place = new TempFolder();
            var bytes = Jpeg(400, 300, 77);
            bytes[damage.Item1 % bytes.Length] = damage.Item2;
            File.WriteAllBytes(place["a.jpg"], bytes);
            var tile = ContactSheet.TryDecode(place["a.jpg"], place.Path, Never);
            Assert.True(tile is null || tile.Bytes.Length == 3 * tile.Width * tile.Height);
        },
        iter: 60);

    [Fact]
    public void Whoever_has_no_time_gets_none()
    {
        var (folder, listing) = Disc([("a.jpg", Jpeg(400, 300, 77))]);
        Assert.Null(ContactSheet.TryDraw(folder, listing, new CancellationToken(canceled: true)));
    }

    private static byte[] OnSheet(RgbPicture tile) => ContactSheet.Compose([tile]).Bytes;

    private static byte[] Jpeg(int width, int height, byte shade)
    {
        Tool.Require("cjpeg", "djpeg");
        using var place = new TempFolder();
        var picture = new RgbPicture(width, height);
        for (var index = 0; index < picture.Bytes.Length; index++)
        {
            picture.Bytes[index] = (byte)(shade + (index % 7));
        }

        File.WriteAllBytes(place["a.ppm"], picture.ToFile());
        Tool.Run("cjpeg", "-outfile", place["a.jpg"], place["a.ppm"]);
        return File.ReadAllBytes(place["a.jpg"]);
    }

    private static ListedEntry Entry(string path, long size) => new() { Path = path, Kind = EntryKind.File, Size = size, Extents = [], Sha256 = "00" };

    private (CdBackuper.Archive.Store.DiscFolder Folder, Listing Listing) Disc(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        var folder = bench.Archive.Disc("DISC");
        foreach (var (path, bytes) in files)
        {
            var full = Path.Combine(folder.FilesPath, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes);
        }

        return (folder, new("ISO 9660", [.. files.Select(file => Entry(file.Path, file.Bytes.Length))], [], 0));
    }
}
