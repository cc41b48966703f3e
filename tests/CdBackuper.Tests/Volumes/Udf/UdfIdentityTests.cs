using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Names and UUIDs of volumes; blkid is the judge.</summary>
public sealed class UdfIdentityTests
{
    [Theory]
    [InlineData("4F3A21B05C6D7E8FMade", "plain")]
    [InlineData("4F3A21B0 somebody's", "plain")]
    [InlineData("4f3a21b05c6 half", "plain")]
    [InlineData("holiday pictures", "plain")]
    [InlineData("12345678", "plain")]
    [InlineData("1234567", "plain")]
    [InlineData("Été 2003 à la mer", "plain")]
    [InlineData("夏の写真二千三年", "日本語のディスク")]
    [InlineData("1234567890123é56", "plain")]
    [InlineData("😀😀😀😀😀", "😀")]
    [InlineData("", "plain")]
    [InlineData("ABCDEF0123456789ABCDEF", "Été à la mer")]
    public void The_name_and_the_UUID_are_what_blkid_says(string volumeSet, string name)
    {
        Tool.Require("blkid");
        var maker = new UdfDiscMaker(UdfLayout.Plain) { VolumeSet = volumeSet, Name = name };
        var disc = new ScratchedDisc(maker.WriteSession());
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["disc.udf"], disc.Bytes);

        var volume = disc.ReadUdf();
        Assert.Equal(Said(folder, "UUID"), volume.Uuid);
        Assert.Equal(Said(folder, "LABEL"), volume.VolumeName);
    }

    private static string? Said(TempFolder folder, string tag)
    {
        // what is not ASCII comes as the bytes of UTF-8
        var said = Tool.Run("blkid", "-p", "-o", "value", "-s", tag, folder["disc.udf"]).TrimEnd('\n');
        return said.Length == 0 ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(said));
    }

    [Fact]
    public void What_the_volume_says_of_itself_is_kept()
    {
        var volume = new ScratchedDisc(MadeUdf.Make(UdfLayout.Plain).WriteSession()).ReadUdf();
        Assert.Equal("MadeDisc", volume.Identifiers["volume"]);
        Assert.Equal("4F3A21B05C6D7E8FMade", volume.Identifiers["volume set"]);
        Assert.Equal("Files", volume.Identifiers["file set"]);
        Assert.True(volume.Identifiers.ContainsKey("free blocks"));
    }
}
