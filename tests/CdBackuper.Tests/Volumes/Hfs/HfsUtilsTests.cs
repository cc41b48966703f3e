using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Volumes that hfsutils made, read by us and by hfsutils.</summary>
public sealed class HfsUtilsTests
{
    private static readonly byte[] Noise = [.. Enumerable.Range(0, 30_000).Select(index => (byte)(index * 7919 >> 3))];

    [Fact]
    public void Both_forks_and_what_the_Finder_knows_are_what_hfsutils_tells()
    {
        using var made = new HfsUtilsDisc(1600, "Photos 1999");
        made.Run("hmkdir", ":Letters");
        made.Run("hmkdir", ":Letters:Old/New");
        made.Put(":Letters:both", new("TEXTttxt", 0x4000, HfsUtilsDisc.Text("content"), Noise));
        made.Put(":Letters:Old/New:resource only", new("rsrcRSED", 0, [], HfsUtilsDisc.Text("icons")));
        made.Put(":plain", new("\0\0\0\0\0\0\0\0", 0, Noise, []));
        made.PutRaw(":empty", []);

        var disc = made.Image;
        var volume = disc.Read();
        Assert.Equal(("HFS", FileSystemKind.Hfs, "Photos 1999"), (volume.Format, volume.Kind, volume.VolumeName));
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
        Assert.InRange(volume.Created!.Value, DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.MaxValue);
        foreach (var (mac, ours) in new[]
        {
            (":Letters:both", "Letters/both"),
            (":Letters:Old/New:resource only", "Letters/Old:New/resource only"),
            (":plain", "plain"),
            (":empty", "empty"),
        })
        {
            var entries = MacListing.Paths(volume).ToDictionary(row => row.Path, row => row.Entry);
            var theirs = made.Get(mac);
            Assert.Equal(theirs.Content, disc.Content(entries[ours]));
            var at = ours.LastIndexOf('/') + 1;
            var isDouble = entries.TryGetValue(ours.Insert(at, "._"), out var twin);
            Assert.Equal(theirs.Resource.Length > 0 || theirs.TypeAndCreator.Any(letter => letter != '\0'), isDouble);
            if (isDouble)
            {
                AssertDouble(disc.Content(twin!), theirs);
                Assert.Equal(entries[ours].Modified, twin!.Modified);
            }
        }

        Assert.Equal(3_000_000_060L, (volume.Entry("both").Modified - new DateTimeOffset(1904, 1, 1, 0, 0, 0, default))!.Value.TotalSeconds);
    }

    [Fact]
    public void A_file_in_many_pieces_is_put_together_by_the_extents_overflow_file()
    {
        using var made = new HfsUtilsDisc(1600, "Pieces");
        for (var number = 0; number < 40; number++)
        {
            made.PutRaw($":f{number.ToString(CultureInfo.InvariantCulture)}", Noise);
        }

        made.PutRaw(":last", [.. Enumerable.Repeat((byte)1, 250_000)]);
        for (var number = 0; number < 40; number += 2)
        {
            made.Run("hdel", $":f{number.ToString(CultureInfo.InvariantCulture)}");
        }

        var big = Enumerable.Range(0, 550_000).Select(index => (byte)(index / 512)).ToArray();
        made.Put(":big", new("BINAhDmp", 0, big, []));
        var disc = made.Image;
        var volume = disc.Read();

        Assert.True(volume.Entry("big").Extents!.Count > 6, "the file is in one piece");
        Assert.Equal(big, disc.Content(volume.Entry("big")));
        Assert.Equal(made.Get(":big").Content, disc.Content(volume.Entry("big")));
        Assert.Empty(volume.Damages);

        // without the tree that tells the rest, the beginning is still there and the rest counts as lost
        var lost = disc.Without([.. OverflowSectors(disc.Bytes)]).Read();
        Assert.Contains(lost.Damages, damage => damage.Id == DamageIds.HfsExtentsMissing);
        Assert.Equal(volume.Entry("big").Extents![0], lost.Entry("big").Extents![0]);
        Assert.Equal(big.Length, lost.Entry("big").Extents!.Sum(extent => extent.Length));
        Assert.True(lost.Entry("big").Extents![^1].Start >= disc.Bytes.Length);
        Assert.Equal(volume.Entries.Count, lost.Entries.Count);
    }

    [Fact]
    public void Names_are_Mac_OS_Roman_unless_told_otherwise()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        made.PutRaw(":nameABCD", []);
        var disc = made.Image;
        for (var at = disc.Bytes.AsSpan().IndexOf("nameABCD"u8); at >= 0; at = disc.Bytes.AsSpan().IndexOf("nameABCD"u8))
        {
            ((byte[])[(byte)'n', (byte)'/', 0x8A, 0xA5, 0xF0, 0xDB, 0xFF, 0x41]).CopyTo(disc.Bytes, at);
        }

        var entry = Assert.Single(disc.Read().Entries, entry => entry.Kind == EntryKind.File && entry.Preamble.IsEmpty);
        Assert.Equal("n:ä•\uF8FF€ˇA", entry.Name);
        Assert.Equal([(byte)'n', (byte)'/', 0x8A, 0xA5, 0xF0, 0xDB, 0xFF, 0x41], entry.RawName.ToArray());
        var latin = VolumeReader.ReadAll(disc, new() { NameEncoding = Encoding.Latin1 }).Single();
        Assert.Contains(latin.Entries, other => other.Name == "n:\u008A¥ðÛÿA");
    }

    [Fact]
    public void A_lost_master_directory_block_leaves_its_copy_wherever_the_disc_ends()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        made.PutRaw(":file", Noise);
        var image = made.Image;
        var padded = new ScratchedDisc([.. image.Bytes, .. new byte[150 * Sector.Size]]).Without(0).Read();

        Assert.Equal("Disc", padded.VolumeName);
        Assert.Equal(Noise, image.Content(padded.Entry("file")));
        Assert.Contains(padded.Damages, damage => damage is { Id: DamageIds.HfsHeaderLost, Sector: 0 });
        Assert.True(padded.Structures.Contains(new(1024, 162)));
    }

    [Fact]
    public void A_copy_that_stands_where_it_should_is_used_though_the_catalog_s_first_node_is_lost_too()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        foreach (var number in Enumerable.Range(0, 40))
        {
            made.PutRaw($":file {number}", Noise[..100]);
        }

        var image = made.Image;
        var header = image.Bytes.AsSpan(1024);
        var catalog = (BinaryPrimitives.ReadUInt16BigEndian(header[28..]) * 512L)
            + (BinaryPrimitives.ReadUInt16BigEndian(header[150..]) * BinaryPrimitives.ReadUInt32BigEndian(header[20..]));
        var volume = image.Without(0, catalog / Sector.Size).Read();
        Assert.True(volume.IsIncomplete);
        Assert.True(volume.Entries.Count(entry => entry is { Kind: EntryKind.File, Preamble.IsEmpty: true }) > 30);
    }

    [Fact]
    public void A_blank_master_directory_block_leaves_its_copy()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        made.PutRaw(":file", Noise);
        var image = made.Image;
        foreach (var bytes in (byte[][])[image.Bytes, [.. image.Bytes, .. new byte[150 * Sector.Size]]])
        {
            var volume = Assert.Single(VolumeReader.ReadAll(new ScratchedDisc(bytes).Blank(0)));
            Assert.Equal("Disc", volume.VolumeName);
            Assert.Equal(Noise, image.Content(volume.Entry("file")));
            Assert.Contains(volume.Damages, damage => damage is { Id: DamageIds.HfsHeaderLost, Sector: 0 });
        }
    }

    [Fact]
    public void An_image_of_a_Macintosh_volume_that_is_a_file_is_no_volume_of_the_disc()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        made.PutRaw(":file", Noise);
        using var source = new TempFolder();
        using var target = new TempFolder();
        foreach (var isHeaderLost in (bool[])[false, true])
        {
            var image = made.Image;
            image.Blank(isHeaderLost ? [0] : []);
            File.WriteAllBytes(source["disc.img"], image.Bytes);
            Tool.Run("genisoimage", "-quiet", "-o", target["disc.iso"], source.Path);
            var volumes = VolumeReader.ReadAll(new ScratchedDisc(File.ReadAllBytes(target["disc.iso"])));
            Assert.Equal(FileSystemKind.Iso9660, Assert.Single(volumes).Kind);
        }
    }

    private static void AssertDouble(byte[] file, MacBinary theirs)
    {
        Assert.Equal([0, 5, 0x16, 7, 0, 2, 0, 0], file[..8]);
        Assert.Equal([0, 2, 0, 0, 0, 9, 0, 0, 0, 50, 0, 0, 0, 32, 0, 0, 0, 2, 0, 0, 0, 82], file[24..46]);
        Assert.Equal(theirs.TypeAndCreator, Encoding.Latin1.GetString(file, 50, 8));
        Assert.Equal(theirs.Flags, (ushort)((file[58] << 8) | file[59]));
        Assert.Equal(theirs.Resource, file[82..]);
    }

    /// <summary>The sectors that the extents overflow file has for itself.</summary>
    private static IEnumerable<long> OverflowSectors(byte[] disc)
    {
        var block = disc.AsSpan(1024);
        long U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(disc.AsSpan(1024 + at));
        var start = (U16(28) * 512) + (U16(134) * BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
        var end = start + BinaryPrimitives.ReadUInt32BigEndian(block[130..]);
        return Enumerable.Range((int)(start / Sector.Size), (int)((end / Sector.Size) - (start / Sector.Size))).Select(sector => (long)sector);
    }
}
