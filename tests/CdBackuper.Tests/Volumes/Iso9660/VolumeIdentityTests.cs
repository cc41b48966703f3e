using System.Text;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Names and UUIDs of volumes; blkid is the judge of the latter.</summary>
public sealed class VolumeIdentityTests
{
    private const int Creation = (16 * 2048) + 813;
    private const int Modification = (16 * 2048) + 830;
    private static readonly string Zeros = new('0', 16);
    private static readonly string Nulls = new('\0', 16);
    private static readonly string Blanks = new(' ', 16);

    [Theory]
    [InlineData("2003071514023055", "2004010203040506")]
    [InlineData("2003071514023055", null)]
    [InlineData(null, "2004010203040506")]
    [InlineData("20030715140230\0\0", "2004010203040506")]
    [InlineData("2003071514023", "2004010203040506")]
    public void The_UUID_is_what_blkid_says(string? modification, string? creation)
    {
        Tool.Require("blkid");
        var disc = MadeDisc.Make("-J");
        Put(disc, Modification, modification ?? Zeros);
        Put(disc, Creation, creation ?? Zeros);
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["disc.iso"], disc.Bytes);

        var said = Tool.Run("blkid", "-p", "-o", "value", "-s", "UUID", folder["disc.iso"]).TrimEnd('\n');
        Assert.Equal(said.Length == 0 ? null : said, disc.Read().Uuid);
    }

    [Fact]
    public void Dates_of_blanks_NULs_or_zeros_identify_nothing()
    {
        var disc = MadeDisc.Make();
        foreach (var nothing in new[] { Zeros, Nulls, Blanks })
        {
            Put(disc, Modification, nothing);
            Put(disc, Creation, nothing);
            Assert.Null(disc.Read().Uuid);
            Assert.Null(disc.Read().Created);
        }
    }

    [Theory]
    [InlineData("Été à la mer", "Été à la mer")]
    [InlineData("SHORT", "SHORT")]
    [InlineData("HOLIDAY_PICTURES_OF_SUMMER_2003", "HOLIDAY_PICTURES_OF_SUMMER_2003")]
    public void The_longer_of_two_names_that_begin_alike_is_the_volumes(string given, string name)
    {
        Assert.Equal(name, MadeDisc.Make("-J", "-input-charset", "utf-8", "-V", given).Read().VolumeName);
    }

    [Fact]
    public void Makers_and_the_date_are_told()
    {
        var volume = MadeDisc.Make("-publisher", "Anna", "-preparer", "", "-A", "Nero").Read();
        Assert.Equal(["Anna", "Nero"], volume.Creators);
        Assert.InRange(volume.Created!.Value, DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.MaxValue);
    }

    private static void Put(ScratchedDisc disc, int at, string date)
    {
        Encoding.ASCII.GetBytes(date).CopyTo(disc.Bytes, at);
        disc.Bytes[at + 16] = 0;
    }
}
