using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>The ways to the volume descriptors, and what is left when they are blocked.</summary>
public sealed class AnchorTests
{
    private const int Files = 69;

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void The_last_sector_is_as_good_as_sector_256(int blockSize)
    {
        var image = MadeUdf.Make(UdfLayout.Plain, 0x0201, blockSize).WriteSession();
        var disc = new ScratchedDisc(image).Without(256L * blockSize / Sector.Size);
        var volume = disc.ReadUdf();

        Assert.Equal(Files, volume.Entries.Count);
        Assert.Contains(
            volume.Damages,
            damage => damage.Id == DamageIds.UdfAnchorLost && damage.Sector == 256L * blockSize / Sector.Size);
        Assert.True(volume.Structures.Contains(new(256L * blockSize, blockSize)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(150)]
    [InlineData(152)]
    [InlineData(700)]
    public void The_last_anchor_is_found_before_blocks_that_a_drive_counts_too_many(int blocks)
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        var count = image.Length / Sector.Size;
        var disc = new ScratchedDisc([.. image, .. new byte[blocks * Sector.Size]])
            .Without([256, .. Enumerable.Range(count, blocks).Select(sector => (long)sector)]);
        Assert.Equal(Files, disc.ReadUdf().Entries.Count);
    }

    [Theory]
    [InlineData(256)] // before the last sector
    [InlineData(0)]
    public void An_anchor_elsewhere_at_the_end_serves_too(int before)
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        var last = (image.Length / Sector.Size) + 600 - 1;
        byte[] longer = [.. image, .. new byte[600 * Sector.Size]];
        longer.AsSpan(image.Length - Sector.Size, Sector.Size).Clear();
        UdfVolumeDescriptors.Anchor(last - before, UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence, 32768)
            .CopyTo(longer, (last - before) * Sector.Size);
        Assert.Equal(Files, new ScratchedDisc(longer).Without(256).ReadUdf().Entries.Count);
    }

    [Fact]
    public void The_anchor_at_sector_512_serves_while_a_disc_is_not_closed()
    {
        var image = MadeUdf.Make(UdfLayout.Virtual).WriteSession();
        byte[] longer = [.. image[..(400 * Sector.Size)], .. new byte[200 * Sector.Size], .. image[(400 * Sector.Size)..]];
        UdfVolumeDescriptors.Anchor(512, UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence, 32768).CopyTo(longer, 512 * Sector.Size);
        var volume = new ScratchedDisc(longer).Without(256).ReadUdf();
        Assert.Equal("MADE DISC", volume.VolumeName);
    }

    [Fact]
    public void Neither_recognition_sequence_nor_first_anchor_are_needed()
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        image.AsSpan(16 * Sector.Size, 4 * Sector.Size).Clear();
        Assert.Equal(Files, new ScratchedDisc(image).Without(256).ReadUdf().Entries.Count);
        Assert.Equal(Files, new ScratchedDisc(image).Without(16, 17, 18, 256).ReadUdf().Entries.Count);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void Without_any_anchor_the_descriptors_themselves_are_looked_for(int blockSize)
    {
        var maker = MadeUdf.Make(UdfLayout.Plain, 0x0201, blockSize);
        var image = maker.WriteSession();
        var disc = new ScratchedDisc(image).Without(256L * blockSize / Sector.Size, (image.Length / Sector.Size) - 1, (image.Length / Sector.Size) - 2);
        var volume = disc.ReadUdf();

        Assert.Equal(Files, volume.Entries.Count);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfAnchorLost);
    }

    [Fact]
    public void Without_any_logical_volume_descriptor_a_plain_partition_is_still_read()
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        var volume = new ScratchedDisc(image).Without(UdfDiscMaker.MainSequence + 3, UdfDiscMaker.ReserveSequence + 3).ReadUdf();

        Assert.Equal(Files, volume.Entries.Count);
        Assert.Equal("UDF", volume.Format);
        Assert.Equal("MADE", volume.VolumeName); // as the file set descriptor has it
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfDescriptorInvalid);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(2048, true)]
    [InlineData(4096, true)]
    [InlineData(512, false)]
    [InlineData(2048, false)]
    [InlineData(4096, false)]
    public void Without_any_partition_descriptor_the_file_set_says_where_the_partition_begins(int blockSize, bool hasLogical)
    {
        var image = MadeUdf.Make(UdfLayout.Plain, 0x0201, blockSize).WriteSession();
        foreach (var sequence in new[] { UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence })
        {
            image.AsSpan((sequence + 2) * blockSize, blockSize).Clear();
            image.AsSpan((sequence + 3) * blockSize, hasLogical ? 0 : blockSize).Clear();
        }

        var volume = new ScratchedDisc(image).ReadUdf();
        Assert.Equal(Files, volume.Entries.Count);
        Assert.False(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Detail.Contains("no partition descriptor", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sequence_that_leads_back_into_itself_before_it_named_a_partition_hides_no_file()
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        foreach (var start in new[] { UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence })
        {
            image.AsSpan((start + 1) * Sector.Size, 15 * Sector.Size).Clear();
            new UdfFields(512).Long(16, 2).Extent(20, 32768, start).Seal(3, start + 1).Bytes
                .CopyTo(image, (start + 1) * Sector.Size);
        }

        var volume = new ScratchedDisc(image).ReadUdf();
        Assert.Equal(Files, volume.Entries.Count);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfDescriptorInvalid);
    }

    [Theory]
    [InlineData(nameof(UdfLayout.Virtual))]
    [InlineData(nameof(UdfLayout.Metadata))]
    public void No_partition_is_guessed_where_blocks_lie_elsewhere_than_their_numbers_say(string layout)
    {
        var image = MadeUdf.Make(Enum.Parse<UdfLayout>(layout), 0x0250).WriteSession();
        foreach (var sequence in new[] { UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence })
        {
            image.AsSpan((sequence + 2) * Sector.Size, Sector.Size).Clear();
        }

        // That there should be a volume is all that is said.
        var volume = Assert.Single(VolumeReader.ReadAll(new ScratchedDisc(image)), volume => volume.Kind == FileSystemKind.Udf);
        Assert.Empty(volume.Entries);
        Assert.True(volume.IsIncomplete);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_descriptor_that_the_main_sequence_has_lost_comes_from_the_reserve(int index)
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        image[((UdfDiscMaker.MainSequence + index) * Sector.Size) + 100] ^= 1; // its check fails
        var volume = new ScratchedDisc(image).ReadUdf();

        Assert.Equal(Files, volume.Entries.Count);
        Assert.Equal("4f3a21b05c6d7e8f", volume.Uuid);
        Assert.Equal("MADE DISC", volume.VolumeName);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfReserveSequenceUsed);
        Assert.False(volume.IsIncomplete);
    }

    [Fact]
    public void Of_two_descriptors_the_one_with_the_higher_number_holds()
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        const int Later = UdfDiscMaker.MainSequence + 5; // in the terminating descriptor's place
        UdfVolumeDescriptors.Primary(Later, "ABCDEF0123456789new", number: 9).CopyTo(image, Later * Sector.Size);
        Assert.Equal("abcdef0123456789", new ScratchedDisc(image).ReadUdf().Uuid);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void An_image_that_begins_with_a_later_session_is_read_by_what_its_anchor_says(int blockSize)
    {
        // the same disc, its numbers 1000 sectors further on
        var maker = new UdfDiscMaker(UdfLayout.Plain, 0x0201, blockSize);
        maker.Root.Add("hello.txt", MadeUdf.Bytes("hello"));
        var image = maker.WriteSession();
        Shift(image, 1000, blockSize);
        var disc = new ScratchedDisc(image);

        Assert.Equal("hello", disc.Text(Assert.Single(disc.ReadUdf().Entries)));
        Assert.Empty(disc.ReadUdf().Damages);
        byte[] behindAnother = [.. new byte[1000 * blockSize], .. image];
        var whole = new ScratchedDisc(behindAnother);
        Assert.Equal("hello", whole.Text(Assert.Single(whole.ReadUdf(new() { TrackStarts = [1000 * blockSize / Sector.Size] }).Entries)));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void The_last_anchor_of_an_image_that_begins_later_serves_too(int blockSize)
    {
        var image = MadeUdf.Make(UdfLayout.Plain, 0x0201, blockSize).WriteSession();
        Shift(image, 1001, blockSize);
        var disc = new ScratchedDisc(image).Without(256L * blockSize / Sector.Size);
        Assert.Equal(Files, disc.ReadUdf().Entries.Count);
    }

    [Fact]
    public void A_cut_image_keeps_what_lies_before_the_cut()
    {
        var image = MadeUdf.Make(UdfLayout.Plain).WriteSession();
        var disc = new ScratchedDisc(image[..^(40 * Sector.Size)]);
        var volume = disc.ReadUdf();

        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.VolumeTruncated);
        Assert.Equal(MadeUdf.Pattern(5000, 1), MadeUdf.Content(disc, volume.Entry("data.bin")));
    }

    [Theory]
    [InlineData("-J")]
    [InlineData("-R")]
    public void A_disc_without_UDF_costs_few_reads(string option)
    {
        var counted = new CountedDisc(MadeDisc.Make(option));
        Assert.DoesNotContain(VolumeReader.ReadAll(counted), volume => volume.Kind == FileSystemKind.Udf);
        Assert.InRange(counted.Reads, 1, 50); // those of ISO 9660 among them
    }

    /// <summary>Writes the volume's descriptors again, for other sectors.</summary>
    private static void Shift(byte[] image, int by, int blockSize)
    {
        var last = (image.Length / blockSize) - 1;
        foreach (var start in new[] { UdfDiscMaker.MainSequence, UdfDiscMaker.ReserveSequence, UdfDiscMaker.IntegritySector, 256, last - 3 })
        {
            for (var sector = start; sector < start + 16 && sector <= last; sector++)
            {
                var fields = new UdfFields(512).Put(0, image.AsSpan(sector * blockSize, 512));
                var id = BitConverter.ToUInt16(fields.Bytes);
                fields = id switch
                {
                    2 => fields.Extent(16, 16 * blockSize, UdfDiscMaker.MainSequence + by).Extent(24, 16 * blockSize, UdfDiscMaker.ReserveSequence + by),
                    5 => fields.Long(188, UdfSpace.PartitionStart + by),
                    6 => fields.Extent(432, blockSize, UdfDiscMaker.IntegritySector + by),
                    _ => fields,
                };
                if (id is > 0 and < 10 && BitConverter.ToUInt32(fields.Bytes, 12) == sector)
                {
                    fields.Seal(id, sector + by).Bytes.CopyTo(image, sector * blockSize);
                }
            }
        }
    }

    private sealed class CountedDisc(ISectorSource inner) : ISectorSource
    {
        public int Reads { get; private set; }

        public long SectorCount => inner.SectorCount;

        public bool TryRead(long sector, Span<byte> buffer)
        {
            Reads++;
            return inner.TryRead(sector, buffer);
        }
    }
}
