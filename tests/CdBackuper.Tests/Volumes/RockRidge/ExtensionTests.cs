using System.Text;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.RockRidge;

/// <summary>Several extensions share the system use areas; an ES entry says whose those are that follow it (SUSP §5.6). Made by hand.</summary>
public sealed class ExtensionTests
{
    private static byte[] Other => Announced("OTHER_EXTENSION");

    private static byte[] RockRidge => Announced("RRIP_1991A");

    [Fact]
    public void Entries_of_another_extension_are_not_taken_for_Rock_Ridges()
    {
        var volume = Made([.. Other, .. RockRidge], [.. Selects(0), .. Name("foreign"), .. Link, .. Selects(1), .. Name("right name")]);
        var entry = Assert.Single(volume.Entries);
        Assert.Equal("ISO 9660 (Rock Ridge)", volume.Format);
        Assert.Equal(("right name", EntryKind.File, null), (entry.Name, entry.Kind, entry.LinkTarget));
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void What_is_selected_holds_for_one_record()
    {
        var volume = Made([.. RockRidge, .. Other], [.. Name("first"), .. Selects(1), .. Name("foreign")], [.. Name("second")]);
        Assert.Equal(["first", "second"], volume.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)] // no extension has this number
    public void Where_Rock_Ridge_is_the_only_extension_every_entry_is_its_own(byte number) =>
        Assert.Equal("right name", Assert.Single(Made(RockRidge, [.. Selects(number), .. Name("right name")]).Entries).Name);

    [Fact]
    public void An_extension_that_nobody_announces_hides_nothing() =>
        Assert.Equal("right name", Assert.Single(Made(Other, [.. Selects(0), .. Name("right name")]).Entries).Name);

    private static byte[] Link => [.. "SL"u8, 8, 1, 0, 0, 1, (byte)'x'];

    private static IVolume Made(byte[] extensions, params byte[][] areas) => HandMadeDisc.Make(
        2048,
        isHighSierra: false,
        [new("") { SystemUse = [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. extensions] }, .. areas.Select((area, index) => new HandMadeFile($"FILE{index}.TXT;1", "x") { SystemUse = area })]).Read();

    private static byte[] Selects(byte number) => [.. "ES"u8, 5, 1, number];

    private static byte[] Name(string name) => [.. "NM"u8, (byte)(5 + name.Length), 1, 0, .. Encoding.ASCII.GetBytes(name)];

    private static byte[] Announced(string id) => [.. "ER"u8, (byte)(8 + id.Length), 1, (byte)id.Length, 0, 0, 1, .. Encoding.ASCII.GetBytes(id)];
}
