using System.Text;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Type and creator of a Macintosh's files in a directory of ISO 9660.</summary>
public sealed class AppleUseTests
{
    [Fact]
    public void Type_and_creator_of_a_file_without_a_fork_are_in_the_listing_and_no_file_beside_it_is()
    {
        byte[] apple = [.. "AA"u8, 14, 2, .. "TEXTttxt"u8, 0x01, 0x00];
        byte[] nothing = [.. "AA"u8, 14, 2, .. new byte[10]];
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new HandMadeFile("NOTE.TXT;1", "data") { SystemUse = apple },
            new HandMadeFile("PLAIN.TXT;1", "data"),
            new HandMadeFile("ZERO.TXT;1", "data") { SystemUse = nothing });
        var volume = disc.Read();
        var listing = ListingBuilder.Build(volume, ByteSet.Of(new ByteRange(0, disc.Bytes.Length)), disc.Bytes.Length);

        Assert.Equal(
            [("NOTE.TXT", "54455854747478740100"), ("PLAIN.TXT", null), ("ZERO.TXT", null)],
            listing.Files.Select(file => (file.Path, file.FinderInfo)));
    }

    [Theory]
    [InlineData("-apple -R")]
    [InlineData("-apple -R -J")]
    [InlineData("-hfs -R")]
    public void What_genisoimage_maps_a_suffix_to_is_told_by_each_side_in_its_own_way(string options)
    {
        Tool.Require("genisoimage");
        using var source = new TempFolder().With("note.txt", "text").With("other.xyz", "other");
        using var target = new TempFolder().With("map", ".txt Raw 'ttxt' 'TEXT' \"text\"\n");
        Tool.Run("genisoimage", ["-quiet", .. options.Split(' '), "-map", target["map"], "-o", target["disc.iso"], source.Path]);
        var volumes = VolumeReader.ReadAll(new ScratchedDisc(File.ReadAllBytes(target["disc.iso"])));
        var note = Assert.Single(volumes, volume => volume.Kind == FileSystemKind.Iso9660).Entry("note.txt");

        Assert.DoesNotContain(volumes.Where(volume => volume.Kind == FileSystemKind.Iso9660).SelectMany(volume => volume.Entries), entry => !entry.Preamble.IsEmpty);
        if (options.StartsWith("-apple", StringComparison.Ordinal))
        {
            Assert.Equal("TEXTttxt", Encoding.ASCII.GetString(note.FinderInfo.Span[..8]));
        }
        else
        {
            var twin = Assert.Single(volumes, volume => volume.Kind == FileSystemKind.Hfs).Entry("._note.txt");
            Assert.Equal("TEXTttxt", Encoding.ASCII.GetString(twin.Preamble.Span[50..58]));
            Assert.True(twin.FinderInfo.IsEmpty);
        }
    }
}
