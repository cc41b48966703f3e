using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>What leads to a Macintosh's volume, with one byte that is another.</summary>
public sealed class DamagedHeaderTests
{
    [Fact]
    public void A_partition_of_which_one_byte_of_the_type_is_damaged_is_read()
    {
        var disc = MacDisc.Mapped(512, 512, new PlusDisc().Build("Inside"));
        for (var at = 0; at < "Apple_HFS".Length; at++)
        {
            foreach (byte value in (byte[])[0, 0xFF, (byte)(disc.Bytes[1024 + 48 + at] ^ 4)])
            {
                var right = disc.Bytes[1024 + 48 + at];
                disc.Bytes[1024 + 48 + at] = value;
                Assert.Equal(["Inside"], VolumeReader.ReadAll(disc).Select(volume => volume.VolumeName));
                disc.Bytes[1024 + 48 + at] = right;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_map_is_read_without_a_driver_descriptor(int at)
    {
        var disc = MacDisc.Mapped(512, 512, new PlusDisc().Build("Inside"));
        disc.Bytes[at] ^= 0x10;
        Assert.Equal("Inside", disc.Read().VolumeName);
    }

    [Theory]
    [InlineData(0, 0x43)]
    [InlineData(1, 0x00)]
    [InlineData(22, 0x00)] // of the size of a block: the copy has it
    [InlineData(23, 0x01)]
    public void The_Macintosh_side_of_a_hybrid_needs_no_byte_of_its_header(int at, byte value)
    {
        var disc = MadeDisc.Make("-hfs");
        var expected = VolumeReader.ReadAll(disc).Single(volume => volume.Kind == FileSystemKind.Hfs);
        disc.Bytes[1024 + at] = value;
        var found = VolumeReader.ReadAll(disc).Single(volume => volume.Kind == FileSystemKind.Hfs);

        Assert.Equal(expected.Entries.Select(entry => entry.Name), found.Entries.Select(entry => entry.Name));
        Assert.Contains(found.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Theory]
    [InlineData(124, 0x00)]
    [InlineData(125, 0xFF)]
    public void A_wrapper_that_does_not_say_so_is_one_by_what_lies_in_it(int at, byte value)
    {
        var disc = MacDisc.Wrapped(new PlusDisc().Build("Inside"));
        disc.Bytes[1024 + at] = value;
        var volume = disc.Read();

        Assert.Equal(("HFS+", "Inside"), (volume.Format, volume.VolumeName));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.HfsHeaderLost);
    }

    [Theory]
    [InlineData(126, 0x40)]
    [InlineData(127, 0x06)]
    [InlineData(128, 0xFF)]
    [InlineData(129, 0x00)]
    public void A_wrapper_that_says_wrongly_where_its_volume_lies_is_read_by_its_copy_or_missed(int at, byte value)
    {
        var inner = new PlusDisc().Build("Inside");
        foreach (var hasCopy in new[] { true, false })
        {
            var disc = MacDisc.Wrapped(inner);
            if (hasCopy)
            {
                disc.Bytes.AsSpan(1024, 162).CopyTo(disc.Bytes.AsSpan(disc.Bytes.Length - 1024));
            }

            disc.Bytes[1024 + at] = value;
            var volume = disc.Read();

            Assert.True(volume.VolumeName == "Inside" || (!hasCopy && volume.IsIncomplete), $"{at} {hasCopy}");
        }
    }
}
