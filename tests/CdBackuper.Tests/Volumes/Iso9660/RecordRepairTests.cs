using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Records of which one byte is wrong, and everything else tells what it was (ECMA-119 §9.1).</summary>
public sealed class RecordRepairTests
{
    /// <summary>They end in two zeros, so that a record without these ends as the last one of a sector does.</summary>
    private static readonly byte[] ZeroEnded = [.. "PX"u8, 20, 1, .. new byte[16], .. "NM"u8, 9, 1, 0, .. "abc"u8, 0];

    private static readonly byte[] Xa = [0, 0, 0, 0, 0x0D, 0x55, (byte)'X', (byte)'A', 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_that_is_too_short_does_not_end_its_sector(bool isXa)
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, [.. "ABCDE".Select(letter => new HandMadeFile($"{letter}.TXT;1", $"{letter}") { SystemUse = isXa ? Xa : ZeroEnded })]);
        var record = disc.RecordOf("B.TXT;1");
        var right = disc.Bytes[record];
        foreach (var length in Enumerable.Range(40, right - 40))
        {
            disc.Bytes[record] = (byte)length;
            var volume = disc.Read();

            Assert.Equal(["A.TXT", "B.TXT", "C.TXT", "D.TXT", "E.TXT"], volume.Entries.Select(entry => entry.Name));
            Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
            Assert.False(volume.IsIncomplete);
        }
    }

    /// <summary>Two letters behind the name of a record that ends a byte before its sector, behind records of odd length.</summary>
    [Fact]
    public void A_record_whose_last_bytes_look_like_an_entry_ends_with_its_sector()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, [new HandMadeFile("A.TXT;1", "A")]);
        var at = disc.RecordOf("A.TXT;1");
        var fixedPart = disc.Bytes.AsSpan(at, 33).ToArray();
        var end = ((at / 2048) + 1) * 2048;
        var names = new List<string>();
        while (at < end - 41)
        {
            Put(Math.Min(255, end - 41 - at), $"{(char)('B' + names.Count)}.T;1", "");
        }

        Put(40, "A.T;1", "NM");

        Assert.Equal(names, disc.Read().Entries.Select(entry => entry.Name));

        void Put(int length, string name, string behind)
        {
            names.Add(name[..^2]);
            byte[] record = [.. fixedPart, .. Encoding.ASCII.GetBytes(name + behind), .. new byte[length - 38 - behind.Length]];
            (record[0], record[32]) = ((byte)length, (byte)name.Length);
            record.CopyTo(disc.Bytes, at);
            at += length;
        }
    }

    [Theory]
    [InlineData("-R")]
    [InlineData("-J")]
    [InlineData("-V", "X")]
    public void No_length_of_a_record_that_is_too_short_loses_a_name(params string[] options)
    {
        var disc = MadeDisc.Make(options);
        var expected = disc.Read().Entries.Select(entry => entry.Name).ToList();
        var encoding = options[0] == "-J" ? Encoding.BigEndianUnicode : Encoding.ASCII;
        foreach (var name in new[] { "\0", "\u0001", options[0] == "-J" ? "notes.txt" : "NOTES.TXT;1" })
        {
            var record = name.Length == 1 ? RecordOfRoot(disc, options[0] == "-J" ? 17 : 16, name[0]) : disc.RecordOf(name, encoding);
            var right = disc.Bytes[record];
            for (var length = 0; length < right; length++)
            {
                disc.Bytes[record] = (byte)length;
                var volume = disc.Read();

                Assert.Equal(expected, volume.Entries.Select(entry => entry.Name));
                Assert.True(volume.Damages.Count > 0 || length == right - 1, $"{length}"); // the last byte is padding
                Assert.False(volume.IsIncomplete);
            }

            disc.Bytes[record] = right;
        }
    }

    [Theory]
    [InlineData("-R")]
    [InlineData("-J")]
    [InlineData("-V", "X")]
    public void A_name_of_wrong_length_ends_where_its_record_or_the_entries_behind_it_say(params string[] options)
    {
        var disc = MadeDisc.Make(options);
        var expected = disc.Read().Entries.Select(entry => entry.Name).ToList();
        var record = options[0] == "-J" ? disc.RecordOf("notes.txt", Encoding.BigEndianUnicode) : disc.RecordOf("NOTES.TXT;1");
        var right = disc.Bytes[record + 32];
        foreach (var length in Enumerable.Range(0, 256).Where(length => length != right))
        {
            disc.Bytes[record + 32] = (byte)length;
            var volume = disc.Read();

            Assert.True(expected.SequenceEqual(volume.Entries.Select(entry => entry.Name)), $"{length}");
            Assert.Contains(volume.Damages, damage => damage.Id is DamageIds.IsoRecordInvalid or DamageIds.JolietNameInvalid);
            Assert.False(volume.IsIncomplete);
        }
    }

    [Fact]
    public void A_directory_s_name_that_is_too_short_goes_on_to_the_end_of_its_record()
    {
        var disc = MadeDisc.Make("-V", "X");
        disc.Bytes[disc.RecordOf("HOLIDAY") + 32] = 3;

        Assert.Contains(disc.Read().Entries, entry => entry.Name == "HOLIDAY");
    }

    /// <summary>Behind four bytes of padding its lower half stands where the attributes have "XA".</summary>
    [Fact]
    public void The_next_record_s_place_is_no_attribute_of_the_one_before()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new("A.TXT;1", "A") { SystemUse = new byte[4] }, new("B.TXT;1", "B") { StatedLength = 2048 }, new("C.TXT;1", "C"));
        BitConverter.GetBytes(0x4158).CopyTo(disc.Bytes, disc.RecordOf("B.TXT;1") + 2);
        (disc.Bytes[disc.RecordOf("B.TXT;1") + 8], disc.Bytes[disc.RecordOf("B.TXT;1") + 9]) = (0x41, 0x58);
        var volume = disc.Read();

        Assert.Equal(["A.TXT", "B.TXT", "C.TXT"], volume.Entries.Select(entry => entry.Name));
        Assert.DoesNotContain(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
    }

    [Fact]
    public void An_entry_that_goes_on_into_what_is_unused_does_not_lengthen_its_record()
    {
        var disc = HandMadeDisc.Make(2048, isHighSierra: false, new HandMadeFile("A.TXT;1", "A") { SystemUse = ZeroEnded });
        var record = disc.RecordOf("A.TXT;1");
        disc.Bytes[record + 40 + 20 + 2] = 40;

        Assert.DoesNotContain(disc.Read().Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x04)]
    public void A_directory_that_is_not_said_to_be_one_is_known_by_its_own_record(byte flags)
    {
        foreach (var options in new string[][] { ["-R"], ["-J"], ["-V", "X"] })
        {
            var disc = MadeDisc.Make(options);
            var expected = disc.Read().Entries.Select(entry => (entry.Name, entry.Kind)).ToList();
            disc.Bytes[(options[0] == "-J" ? disc.RecordOf("holiday", Encoding.BigEndianUnicode) : disc.RecordOf("HOLIDAY")) + 25] = flags;
            var volume = disc.Read();

            Assert.Equal(expected, volume.Entries.Select(entry => (entry.Name, entry.Kind)));
            Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
        }
    }

    [Theory]
    [InlineData("HOLIDAY")]
    [InlineData("NOTES.TXT;1")]
    public void Attributes_that_are_not_there_lose_no_directory_and_are_told(string name)
    {
        var disc = MadeDisc.Make("-V", "X");
        var expected = disc.Read();
        disc.Bytes[disc.RecordOf(name) + 1] = 1;
        var volume = disc.Read();

        Assert.Equal(expected.Entries.Select(entry => entry.Name), volume.Entries.Select(entry => entry.Name));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoRecordInvalid);
    }

    [Theory]
    [InlineData(0, "NL")]
    [InlineData(1, "OM")]
    public void A_Rock_Ridge_name_that_is_lost_is_told(int announced, string signature)
    {
        byte[] use = [.. "RR"u8, 5, 1, (byte)(announced * 8), .. "PX"u8, 36, 1, .. new byte[32], .. Encoding.ASCII.GetBytes(signature), 8, 1, 0, .. "abc"u8];
        var disc = HandMadeDisc.Make(
            2048, isHighSierra: false, new("") { SystemUse = [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. "PX"u8, 36, 1, .. new byte[32]] }, new("A.TXT;1", "A") { SystemUse = use });
        var volume = disc.Read();

        Assert.Equal("A.TXT", Assert.Single(volume.Entries).Name);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.SuspEntryInvalid);
        Assert.True(volume.IsIncomplete);
    }

    [Fact]
    public void A_Rock_Ridge_name_with_a_flag_that_is_not_its_own_is_a_name()
    {
        var disc = MadeDisc.Make("-R");
        disc.Bytes[disc.Bytes.AsSpan().IndexOf("NM\u000e\u0001\0notes.txt"u8) + 4] = 2;
        var volume = disc.Read();

        Assert.Equal("notes", disc.Text(volume.Entry("notes.txt")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.SuspEntryInvalid);
    }

    [Fact]
    public void A_link_that_has_content_and_no_target_is_a_file()
    {
        var disc = MadeDisc.Make("-R");
        var mode = disc.Bytes.AsSpan(disc.RecordOf("NOTES.TXT;1")).IndexOf("PX"u8) + disc.RecordOf("NOTES.TXT;1") + 5;
        disc.Bytes[mode] ^= 0x20;
        var volume = disc.Read();

        Assert.Equal("notes", disc.Text(volume.Entry("notes.txt")));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.RockRidgeLinkInvalid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Rock_Ridge_is_found_though_the_mark_in_the_root_is_damaged(int at)
    {
        var disc = MadeDisc.Make("-R");
        disc.Bytes[((int)disc.RootOf(16) * 2048) + 34 + at] ^= 1;

        Assert.Contains(disc.Read().Entries, entry => entry.Name == "notes.txt");
    }

    private static int RecordOfRoot(ScratchedDisc disc, int descriptor, char name)
    {
        var at = (int)disc.RootOf(descriptor) * 2048;
        return name == 0 ? at : at + disc.Bytes[at];
    }
}
