using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Records and directories that other readers stumble over, made by hand.</summary>
public sealed class OddRecordTests
{
    private static byte[] SharingProtocol => [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. "PX"u8, 36, 1, .. new byte[32]];

    [Fact]
    public void A_Rock_Ridge_name_with_XA_in_it_is_no_CD_ROM_XA()
    {
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new("") { SystemUse = SharingProtocol },
            new("EXAMPLE.TXT;1", "example") { SystemUse = Name("eXAmple.txt") },
            new("TXAS.TXT;1", "xas") { SystemUse = Name("TXAS", flags: 0) });
        var volume = disc.Read();

        Assert.Equal(["eXAmple.txt", "TXAS"], volume.Entries.Select(entry => entry.Name));
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void An_empty_Rock_Ridge_name_leaves_the_records_own()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new("") { SystemUse = SharingProtocol }, new("A.TXT;1", "a") { SystemUse = Name("") });
        Assert.Equal("A.TXT", Assert.Single(disc.Read().Entries).Name);
    }

    [Fact]
    public void A_directory_of_zeros_is_told_and_names_are_missing()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new("A.TXT;1", "a"), new("SUB") { Children = [new("B.TXT;1", "b")] });
        var sub = disc.Bytes.AsSpan().IndexOf("B.TXT;1"u8) / 2048 * 2048;
        disc.Bytes.AsSpan(sub, 2048).Clear();
        var volume = disc.Read();

        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryInvalid && damage.Sector == sub / 2048);
        Assert.True(volume.IsIncomplete);
        Assert.Equal(["A.TXT", "SUB"], volume.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData(1, false)] // the writer left a sector too many
    [InlineData(20, true)] // nothing more had room in the sector before
    public void Empty_sectors_at_a_directorys_end_are_a_habit_unless_the_one_before_is_full(int files, bool isIncomplete)
    {
        var children = Enumerable.Range(0, files).Select(number => new HandMadeFile($"{number:D2}{new string('N', 60)};1", "x")).ToArray();
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("SUB") { Children = children });
        var record = disc.RecordOf("SUB");
        disc.Bytes[record + 11] += 8;
        disc.Bytes[record + 16] += 8;
        var place = BitConverter.ToInt32(disc.Bytes, record + 2);
        disc.Bytes.AsSpan((place + 1) * 2048, 2048).Clear();
        var volume = disc.Read();

        Assert.Equal(isIncomplete, volume.IsIncomplete);
        Assert.Equal(files + 1, volume.Entries.Count);
    }

    [Fact]
    public void A_directory_that_is_longer_by_its_own_record_is_read_as_far_as_it_has_names()
    {
        using var source = new TempFolder();
        foreach (var number in Enumerable.Range(0, 100))
        {
            source.With($"sub/file{number:D4}.txt", "x");
        }

        var disc = MadeDisc.Make(source);
        var record = disc.RecordOf("SUB");
        Assert.Equal(6144, BitConverter.ToInt32(disc.Bytes, record + 10));
        (disc.Bytes[record + 11], disc.Bytes[record + 16]) = (8, 8);
        var volume = disc.Read();

        Assert.Equal(101, volume.Entries.Count);
        Assert.Equal(DamageIds.IsoDirectoryInvalid, Assert.Single(volume.Damages).Id);
        Assert.False(volume.IsIncomplete);
    }

    [Fact]
    public void What_a_directory_claims_beyond_its_names_is_another_directory_and_not_read()
    {
        var disc = HandMadeDisc.Make(
            2048, isHighSierra: false, new("ONE") { Children = [new("A.TXT;1", "a")] }, new("TWO") { Children = [new("B.TXT;1", "b")] });
        var self = (BitConverter.ToInt32(disc.Bytes, disc.RecordOf("ONE") + 2) * 2048) + 10;
        (disc.Bytes[self + 1], disc.Bytes[self + 6]) = (80, 80);
        var volume = disc.Read();

        Assert.Equal(4, volume.Entries.Count);
        Assert.Empty(volume.Damages);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x99)]
    public void A_continuation_area_without_entries_has_lost_a_part_of_a_name(byte filling)
    {
        var disc = MadeDisc.Make("-R");
        var tail = disc.Bytes.AsSpan().IndexOf("which this one now has.txt"u8);
        Assert.True(tail > 0 && disc.Read().Entries.Any(entry => entry.Name == MadeDisc.LongName));
        disc.Bytes.AsSpan(tail / 2048 * 2048, 2048).Fill(filling);
        var volume = disc.Read();

        Assert.DoesNotContain(volume.Entries, entry => entry.Name == MadeDisc.LongName);
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.SuspContinuationInvalid);
    }

    [Fact]
    public void A_directory_that_holds_a_copy_of_another_has_lost_its_own_names()
    {
        var disc = HandMadeDisc.Make(
            2048, isHighSierra: false, new("ONE") { Children = [new("A.TXT;1", "a")] }, new("TWO") { Children = [new("B.TXT;1", "b")] });
        Range Sector(string name) => BitConverter.ToInt32(disc.Bytes, disc.RecordOf(name) + 2) is var sector ? (sector * 2048)..((sector + 1) * 2048) : default;
        disc.Bytes[Sector("ONE")].CopyTo(disc.Bytes.AsSpan(Sector("TWO")));
        var volume = disc.Read();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryInvalid);
    }

    [Fact]
    public void A_record_that_is_shorter_than_its_name_loses_itself_alone()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new("ONE.TXT;1", "1"), new("TWO.TXT;1", "2"), new("THREE.TXT;1", "3"));
        var record = disc.RecordOf("TWO.TXT;1");
        (disc.Bytes[record + 32], disc.Bytes[record + 19]) = (200, 99); // with a date that is one its name would be found by its length
        var volume = disc.Read();

        Assert.Equal(["ONE.TXT", "THREE.TXT"], volume.Entries.Select(entry => entry.Name));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
        Assert.True(volume.IsIncomplete);
    }

    [Fact]
    public void A_first_half_that_was_left_zero_gives_way_to_the_second()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("A.TXT;1", "content"));
        disc.Bytes.AsSpan(disc.RecordOf("A.TXT;1") + 10, 4).Clear();
        var volume = disc.Read();

        Assert.Equal("content", disc.Text(volume.Entry("A.TXT")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoHalvesDiffer);
    }

    [Theory]
    [InlineData("odd;1", 1, "odd")]
    [InlineData("nul\0\0;1", 0, "nul")]
    [InlineData("nulend\0\0", 0, "nulend")]
    public void Joliet_names_with_odd_or_empty_ends_are_read_without(string stored, int odd, string name)
    {
        var disc = MadeDisc.Make("-J");
        var old = Encoding.BigEndianUnicode.GetBytes("notes.txt");
        var at = disc.RecordOf("notes.txt", Encoding.BigEndianUnicode);
        byte[] bytes = [.. Encoding.BigEndianUnicode.GetBytes(stored), .. new byte[odd]];
        Assert.True(bytes.Length <= old.Length);
        bytes.CopyTo(disc.Bytes, at + 33);
        disc.Bytes[at + 32] = (byte)bytes.Length;

        Assert.Contains(disc.Read().Entries, entry => entry.Name == name && entry.Size == 5);
    }

    private static byte[] Name(string name, byte flags = 0) =>
        [.. "NM"u8, (byte)(5 + name.Length), 1, flags, .. Encoding.ASCII.GetBytes(name), .. "PX"u8, 36, 1, .. new byte[32]];
}
