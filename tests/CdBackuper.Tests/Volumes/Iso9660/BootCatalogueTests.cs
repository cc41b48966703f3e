using System.Buffers.Binary;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Boot images by genisoimage and xorriso.</summary>
public sealed class BootCatalogueTests
{
    [Fact]
    public void The_images_for_two_platforms_are_told()
    {
        var (disc, volume) = Make("-b", "bios.bin", "-no-emul-boot", "-boot-load-size", "4", "-eltorito-alt-boot", "-e", "efi.img", "-no-emul-boot");

        Assert.Empty(volume.Damages);
        Assert.Equal(["x86 none", "EFI none"], volume.BootImages.Select(image => $"{image.Platform} {image.Emulation}"));
        Assert.All(volume.BootImages, image => Assert.True(image.IsBootable));
        Assert.Equal(Extent.AtSector(volume.Entry("bios.bin").Extents![0].Start / 2048, 2048), volume.BootImages[0].Extent);
        Assert.Equal(volume.Entry("efi.img").Extents![0].Start, volume.BootImages[1].Extent.Start);
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(CatalogueOf(disc), 1)));
    }

    [Fact]
    public void A_floppy_has_its_own_length()
    {
        var (_, volume) = Make("-b", "floppy.img");
        var image = Assert.Single(volume.BootImages);
        Assert.Equal("floppy 1.44", image.Emulation);
        Assert.Equal(volume.Entry("floppy.img").Extents, [image.Extent]);
    }

    [Fact]
    public void A_wrong_check_sum_is_said_and_the_image_told_all_the_same()
    {
        var (disc, _) = Make("-b", "floppy.img");
        disc.Bytes[(CatalogueOf(disc) * 2048) + 28] ^= 1;
        var volume = disc.Read();

        Assert.Single(volume.BootImages);
        Assert.Equal([DamageIds.IsoBootCatalogueInvalid], volume.Damages.Select(damage => damage.Id));
    }

    [Fact]
    public void A_catalogue_that_is_lost_or_nowhere_costs_the_images_alone()
    {
        var (disc, whole) = Make("-b", "floppy.img");
        var lost = disc.Without(CatalogueOf(disc)).Read();
        Assert.Empty(lost.BootImages);
        Assert.Equal(whole.Entries.Count, lost.Entries.Count);
        Assert.Equal([DamageIds.StructureUnreadable], lost.Damages.Select(damage => damage.Id));

        disc.Bytes.AsSpan((17 * 2048) + 0x47, 4).Fill(0xFF);
        Assert.Equal([DamageIds.IsoBootCatalogueInvalid], disc.Read().Damages.Select(damage => damage.Id));
    }

    [Fact]
    public void A_catalogue_without_end_is_not_read_without_end()
    {
        var (disc, _) = Make("-b", "floppy.img");
        var start = (int)CatalogueOf(disc) * 2048;
        for (var at = start + 64; at < start + (40 * 2048); at += 32)
        {
            disc.Bytes[at] = 0x90;
            BinaryPrimitives.WriteUInt16LittleEndian(disc.Bytes.AsSpan(at + 2), 0);
        }

        Assert.Single(disc.Read().BootImages);
        Assert.Single(disc.Read().Damages);
    }

    private static int CatalogueOf(ScratchedDisc disc) =>
        BinaryPrimitives.ReadInt32LittleEndian(disc.Bytes.AsSpan((17 * 2048) + 0x47));

    private static (ScratchedDisc Disc, IVolume Volume) Make(params string[] options)
    {
        using var source = new TempFolder()
            .With("bios.bin", new string('b', 3000)).With("efi.img", new string('e', 70_000)).With("floppy.img", new string('f', 1_474_560));
        var disc = MadeDisc.Make(source, ["-R", "-c", "boot.cat", .. options]);
        return (disc, disc.Read());
    }
}
