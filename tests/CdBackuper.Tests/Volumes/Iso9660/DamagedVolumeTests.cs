using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

public sealed class DamagedVolumeTests
{
    [Fact]
    public void An_intact_disc_has_no_flaws_and_needs_neither_its_path_tables_nor_its_other_tree()
    {
        var disc = MadeDisc.Make("-R", "-J");
        var volume = disc.Read();

        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Empty(volume.Damages);
        Assert.Equal(7, volume.Entries.Count);
        Assert.Equal("picture one", disc.Text(volume.Entry("bild eins.jpg")));
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(16, 3)));
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(disc.SectorOf("HOLIDAY"), 1)));
        Assert.False(volume.Structures.Contains(ByteRange.OfSectors(disc.RootOf(17), 1)));
        Assert.False(volume.Structures.Contains(ByteRange.OfSectors(disc.Bytes[(16 * 2048) + 140], 1)));
    }

    // how long both of its records say that the directory is, of four sectors
    [Theory]
    [InlineData(2048, false)]
    [InlineData(4096, false)]
    [InlineData(0, true)]
    public void A_directory_that_is_longer_than_its_records_say_goes_on(int length, bool isIncomplete)
    {
        using var source = ManyNames();
        var disc = MadeDisc.Make(source, "-R");
        var start = (int)disc.SectorOf("MANY");
        foreach (var record in (int[])[disc.RecordOf("MANY"), start * Sector.Size])
        {
            BinaryPrimitives.WriteInt32LittleEndian(disc.Bytes.AsSpan(record + 10), length);
            BinaryPrimitives.WriteInt32BigEndian(disc.Bytes.AsSpan(record + 14), length);
        }

        var volume = disc.Read();

        Assert.Equal(60, volume.Entries.Count(entry => entry.Kind == EntryKind.File));
        Assert.Equal(isIncomplete, volume.IsIncomplete);
    }

    [Fact]
    public void A_file_whose_next_section_has_no_record_makes_the_disc_lack_something()
    {
        using var source = ManyNames();
        var disc = MadeDisc.Make(source, "-iso-level", "3");
        disc.Bytes[disc.RecordOf("FILE_30.;1") + 25] |= 0x80;

        var volume = disc.Read();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoSectionMissing);
    }

    [Fact]
    public void A_sector_of_a_directory_that_a_copy_has_half_of_loses_names()
    {
        using var source = ManyNames();
        var disc = MadeDisc.Make(source, "-R");
        disc.Bytes.AsSpan((int)(disc.SectorOf("MANY") * Sector.Size) + 1024, 1024).Clear();
        Assert.True(disc.Read().IsIncomplete);
    }

    private static TempFolder ManyNames()
    {
        var source = new TempFolder();
        Directory.CreateDirectory(source["many"]);
        foreach (var number in Enumerable.Range(0, 60))
        {
            File.WriteAllText(source[$"many/file {number:d2}"], "text");
        }

        return source;
    }

    [Fact]
    public void A_lost_primary_descriptor_leaves_the_Joliet_tree()
    {
        var disc = MadeDisc.Make("-R", "-J", "-V", "HOLIDAY");
        var volume = disc.Without(16).Read();

        Assert.Equal("ISO 9660 (Joliet)", volume.Format);
        Assert.Equal("holiday/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.Equal("HOLIDAY", volume.VolumeName);
        Assert.NotNull(volume.Uuid);
        Assert.Contains(volume.Damages, damage => damage is { Id: DamageIds.StructureUnreadable, Sector: 16 });
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(16, 1)));
    }

    [Fact]
    public void What_a_lost_directory_held_comes_from_the_Joliet_tree()
    {
        var disc = MadeDisc.Make("-R", "-J");
        var lost = disc.SectorOf("SOMMER_2");
        var volume = disc.Without(lost).Read();

        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Equal("holiday/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.Equal("picture two", disc.Text(volume.Entry("zwei.jpg")));
        Assert.Equal(7, volume.Entries.Count);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable && damage.Sector == lost);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.TreeSupplemented);
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(lost, 1)));
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(disc.RootOf(17), 1)));
    }

    [Fact]
    public void An_empty_file_of_a_lost_directory_is_not_forgotten_and_a_renamed_one_not_doubled()
    {
        var disc = MadeDisc.Make("-R", "-J");
        var volume = disc.Without(disc.SectorOf("HOLIDAY")).Read();

        Assert.Equal("holiday/nothing.txt", volume.PathOf("nothing.txt"));
        Assert.Equal("holiday/Sommer 2003/zwei.jpg", volume.PathOf("zwei.jpg"));
        Assert.Equal(7, volume.Entries.Count);
    }

    [Fact]
    public void A_lost_root_keeps_the_tree_of_the_other_kind()
    {
        var disc = MadeDisc.Make("-R", "-J");
        var volume = disc.Without(disc.RootOf(16)).Read();

        Assert.Equal("holiday/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.Equal("notes", disc.Text(volume.Entry("notes.txt")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable);
    }

    [Fact]
    public void A_lost_root_that_may_have_had_Rock_Ridge_is_told()
    {
        // without folders nothing else tells
        using var flat = new TempFolder().With("a long name of one file.txt", "one");
        var disc = MadeDisc.Make(flat, "-R", "-J");
        var lost = disc.RootOf(16);
        var volume = disc.Without(lost).Read();

        Assert.Equal("ISO 9660 (Joliet)", volume.Format);
        Assert.Equal("one", disc.Text(volume.Entry("a long name of one file.txt")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable && damage.Sector == lost);
        Assert.True(volume.Structures.Contains(ByteRange.OfSectors(lost, 1)));
    }

    [Fact]
    public void A_lost_continuation_area_costs_a_name_and_not_the_file()
    {
        var disc = MadeDisc.Make("-R");
        var intact = disc.Read();
        Assert.Equal("long", disc.Text(intact.Entry(MadeDisc.LongName)));

        // the continuation area is the one structure that is shorter than a sector
        var area = intact.Structures.Single(range => range.Length % Sector.Size != 0);
        var sector = (area.End - 1) / Sector.Size;
        var volume = disc.Without(sector).Read();

        Assert.Equal(intact.Entries.Count, volume.Entries.Count);
        Assert.Contains(volume.Entries, entry => entry.Size == 4 && disc.Text(entry) == "long");
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable && damage.Sector == sector);
    }

    [Fact]
    public void The_path_table_leads_to_directories_below_a_lost_one()
    {
        var disc = MadeDisc.Make("-R");
        var volume = disc.Without(disc.RootOf(16)).Read();

        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Equal("HOLIDAY/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.DoesNotContain(volume.Entries, entry => entry.Name == "notes.txt");
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryFromPathTable);
    }

    [Fact]
    public void A_path_table_with_a_bad_sector_has_three_copies()
    {
        var disc = MadeDisc.Make();
        var volume = disc.Without(disc.RootOf(16), disc.Bytes[(16 * 2048) + 140]).Read();

        Assert.Equal("picture one", disc.Text(volume.Entry("BILD_EIN.JPG")));
    }

    [Fact]
    public void A_bad_sector_amid_a_long_directory_loses_its_own_names_only()
    {
        using var source = new TempFolder();
        foreach (var number in Enumerable.Range(0, 500))
        {
            source.With($"f{number:D3}.txt", $"{number}");
        }

        var disc = MadeDisc.Make(source, "-R");
        var volume = disc.Without(disc.RootOf(16) + 3).Read();

        Assert.InRange(volume.Entries.Count, 470, 499);
        Assert.Single(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable);
        Assert.All(volume.Entries, entry => Assert.Equal(int.Parse(entry.Name.AsSpan(1, 3)), int.Parse(disc.Text(entry))));
    }

    [Fact]
    public void Where_the_halves_of_a_number_differ_the_first_wins_and_it_is_said()
    {
        var disc = MadeDisc.Make();
        disc.Bytes[disc.RecordOf("NOTES.TXT;1") + 17] ^= 0x40; // the big-endian half of the length
        var volume = disc.Read();

        Assert.Equal(5, volume.Entry("NOTES.TXT").Size);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoHalvesDiffer);
    }

    [Fact]
    public void A_directory_that_holds_itself_is_listed_once()
    {
        var disc = MadeDisc.Make();
        var root = BitConverter.GetBytes((uint)disc.RootOf(16));
        root.CopyTo(disc.Bytes, disc.RecordOf("HOLIDAY") + 2);
        var volume = disc.Read();

        Assert.Equal(["HOLIDAY", "NOTES.TXT"], volume.Entries.Select(entry => entry.Name));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryRepeated);
    }

    [Fact]
    public void A_file_past_the_end_keeps_its_claim_and_it_is_said()
    {
        var disc = MadeDisc.Make();
        var end = disc.SectorOf("NOTES.TXT;1");
        var cut = new ScratchedDisc(disc.Bytes[..(int)(end * 2048)]);
        var volume = cut.Read();

        Assert.Equal([Extent.AtSector(end, 5)], volume.Entry("NOTES.TXT").Extents);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.ExtentPastEnd);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.VolumeTruncated);
    }

    [Fact]
    public void Content_begins_behind_the_extended_attribute_record()
    {
        var disc = MadeDisc.Make();
        var record = disc.RecordOf("NOTES.TXT;1");
        disc.Bytes[record + 1] = 2;

        Assert.Equal([Extent.AtSector(disc.SectorOf("NOTES.TXT;1") + 2, 5)], disc.Read().Entry("NOTES.TXT").Extents);
    }

    [Fact]
    public void Joliet_names_survive_beyond_Latin()
    {
        using var source = new TempFolder().With("Ελληνικά 日本語.txt", "x");
        var disc = MadeDisc.Make(source, "-J", "-input-charset", "utf-8");

        Assert.Equal("Ελληνικά 日本語.txt", disc.Read().Entries.Single().Name);
        Assert.Equal(Encoding.BigEndianUnicode.GetBytes("Ελληνικά 日本語.txt"), disc.Read().Entries.Single().RawName.ToArray());
    }

    [Fact]
    public void What_is_no_volume_is_none()
    {
        Assert.Null(VolumeReader.Read(new ScratchedDisc([])));
        Assert.Null(VolumeReader.Read(new ScratchedDisc(new byte[150 * 2048])));
    }

    [Fact]
    public void Without_any_descriptor_the_root_is_searched_for()
    {
        var disc = MadeDisc.Make("-R", "-V", "HOLIDAY");
        var volume = disc.Without(16, 17).Read();

        Assert.Equal("holiday/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.Null(volume.VolumeName);
        Assert.Null(volume.Uuid);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDescriptorInvalid);
    }

    [Fact]
    public void A_directory_of_zeros_in_a_copy_without_a_map_counts_as_lost()
    {
        var disc = MadeDisc.Make("-R", "-J");
        disc.Bytes.AsSpan((int)disc.SectorOf("SOMMER_2") * 2048, 2048).Clear();
        var volume = disc.Read();

        Assert.Equal("holiday/Sommer 2003/zwei.jpg", volume.PathOf("zwei.jpg"));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.TreeSupplemented);
    }
}
