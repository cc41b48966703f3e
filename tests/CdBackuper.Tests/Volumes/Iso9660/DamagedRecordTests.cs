using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>
/// Records of which some bytes are wrong: their numbers stand there twice (ECMA-119 §7.2.3, §7.3.3), so that those behind them are found.
/// </summary>
public sealed class DamagedRecordTests
{
    [Theory]
    [InlineData(0)] // by the standard what follows is unused (§6.8.1.1), and would be blank
    [InlineData(0x07)]
    [InlineData(0xFF)] // longer than what is left of the sector
    public void A_record_whose_length_is_lost_loses_itself_alone(byte length)
    {
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            [.. Enumerable.Range(0, 42).Select(number => new HandMadeFile($"FILE{number:D2}.TXT;1", $"{number}"))]);
        var record = disc.RecordOf("FILE40.TXT;1");
        disc.Bytes[record] = length;
        disc.Bytes.AsSpan(record + 33, 8).Clear();
        var volume = disc.Read();

        Assert.Equal(41, volume.Entries.Count);
        Assert.Equal("41", disc.Text(volume.Entry("FILE41.TXT")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
        Assert.True(volume.IsIncomplete);
    }

    [Theory]
    [InlineData("", 255)]
    [InlineData("", 60)] // it ends amid the next one
    [InlineData("XXXX", 100)]
    [InlineData("NM\x07\x01\0ab\0", 100)] // the entries end at an odd byte, and a padding one follows
    public void A_record_that_is_too_long_swallows_no_other(string systemUse, byte length)
    {
        HandMadeFile Make(string name) => new($"{name}.TXT;1", name) { SystemUse = Encoding.ASCII.GetBytes(systemUse) };
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, [.. "ABCDEFGHIJ".Select(letter => Make($"{letter}"))]);
        disc.Bytes[disc.RecordOf("B.TXT;1")] = length;
        var volume = disc.Read();

        Assert.Equal(10, volume.Entries.Count);
        Assert.All(volume.Entries, entry => Assert.Equal(entry.Name[..1], disc.Text(entry)));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
    }

    /// <summary>PX has its numbers twice as well (RRIP §4.1.1), and with some owners passes for a record to the letter.</summary>
    [Fact]
    public void No_record_is_found_within_another_s_system_use_entries()
    {
        var volume = MadeDisc.Make("-R", "-uid", "66000", "-gid", "66000").Read();

        Assert.Contains(volume.Entries, entry => entry.Name == "notes.txt");
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void What_is_left_of_old_behind_the_last_record_is_no_record()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new("A.TXT;1", "A"), new HandMadeFile("B.TXT;1", "B"));
        var last = disc.RecordOf("B.TXT;1");
        disc.Bytes.AsSpan(last, 40).CopyTo(disc.Bytes.AsSpan(last + 60));
        var volume = disc.Read();

        Assert.Equal(2, volume.Entries.Count);
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void What_contradicts_itself_and_leads_nowhere_is_no_record()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("A.TXT;1", "f10-f10-f10"));
        // The root seems to go on into the file.
        (disc.Bytes[(16 * 2048) + 156 + 11], disc.Bytes[(16 * 2048) + 156 + 16]) = (16, 16);
        var volume = disc.Read();

        Assert.Equal("A.TXT", Assert.Single(volume.Entries).Name);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
    }

    [Theory]
    [InlineData(0)] // its length
    [InlineData(32)] // its name's
    public void The_roots_record_stands_where_it_must_and_needs_no_length(int at)
    {
        var disc = MadeDisc.Make("-R");
        disc.Bytes[(16 * 2048) + 156 + at] = 3;
        var volume = disc.Read();

        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Equal("notes", disc.Text(volume.Entry("notes.txt")));
        Assert.False(volume.IsIncomplete);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x41)]
    public void A_sector_amid_the_descriptors_that_holds_none_may_have_told_of_a_tree(byte filling)
    {
        var disc = MadeDisc.Make("-J");
        disc.Bytes.AsSpan(17 * 2048, 2048).Fill(filling);
        var volume = disc.Read();

        Assert.Equal("ISO 9660", volume.Format);
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage is { Id: DamageIds.IsoDescriptorBlank, Sector: 17 });
    }
}
