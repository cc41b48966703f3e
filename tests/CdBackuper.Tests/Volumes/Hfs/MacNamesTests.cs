using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Names of HFS in other scripts than Roman.</summary>
public sealed class MacNamesTests
{
    private const byte IsScript = 0x80;

    private static readonly byte[] Japanese = [0x93, 0xFA, 0x96, 0x7B, 0x82, 0xCC, (byte)'.', (byte)'t']; // 日本の.t
    private static readonly byte[] French = [.. "l'"u8, 0x83, 0x6C, 0x8F, .. "ve"u8, 0x20]; // l'Élève
    private static readonly byte[] Cyrillic = [0x8F, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, (byte)'.', (byte)'t'];

    [Fact]
    public void A_name_has_the_script_that_the_Finder_noted_for_it()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        var disc = Named(made, (Cyrillic, IsScript | 7), (Japanese, IsScript | 1), (French, IsScript), ([0x87, .. "lan.txt"u8], 0));
        var volume = disc.Read();
        Assert.Equal(["l'Élève ", "álan.txt", "Привет.t", "日本の.t"], Names(volume));
        Assert.Contains(volume.Entries, entry => entry.RawName.Span.SequenceEqual(Cyrillic));
        Assert.Empty(volume.Identifiers);
    }

    [Fact]
    public void Names_that_can_only_be_Japanese_are()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        var disc = Named(made, (Japanese, 0), ([0x8E, 0xCA, 0x90, 0x5E, .. "1999"u8], 0));
        var volume = disc.Read();
        Assert.Equal(["写真1999", "日本の.t"], Names(volume));
        Assert.Equal("x-mac-japanese", volume.Identifiers["name encoding"]);
    }

    [Fact]
    public void One_name_that_is_no_Japanese_makes_all_of_them_Roman()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        var volume = Named(made, (French, 0), ([0x8E, (byte)'t', 0x8E, .. "s 199"u8], 0)).Read();
        Assert.Equal(["l'Élève ", "étés 199"], Names(volume));
    }

    [Fact]
    public void A_script_that_the_name_is_not_in_is_not_taken()
    {
        using var made = new HfsUtilsDisc(800, "Disc");
        Assert.Equal(["1234567é"], Names(Named(made, ([.. "1234567"u8, 0x8E], IsScript | 1)).Read()));
    }

    [Theory]
    [InlineData("shift_jis", "日本の.t")]
    [InlineData("x-mac-japanese", "日本の.t")]
    [InlineData("macintosh", "ì˙ñ{ÇÃ.t")]
    public void What_a_person_names_counts_before_all(string encoding, string shown)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var made = new HfsUtilsDisc(800, "Disc");
        var disc = Named(made, (Japanese, IsScript | 7));
        Assert.Equal([shown], Names(Assert.Single(VolumeReader.ReadAll(disc, new() { NameEncoding = Encoding.GetEncoding(encoding) }))));
    }

    private static IEnumerable<string> Names(IVolume volume) =>
        volume.Entries.Where(entry => entry is { Kind: EntryKind.File, Preamble.IsEmpty: true }).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>A volume of files whose names of eight bytes are replaced afterwards, as no tool takes them.</summary>
    private static ScratchedDisc Named(HfsUtilsDisc made, params (byte[] Name, int Script)[] names)
    {
        foreach (var (index, _) in names.Index())
        {
            made.PutRaw($":nameno{index:d2}", []);
        }

        var disc = made.Image;
        foreach (var (index, (name, script)) in names.Index())
        {
            Assert.Equal(8, name.Length);
            var placeholder = Encoding.ASCII.GetBytes($"nameno{index:d2}");
            for (var at = disc.Bytes.AsSpan().IndexOf(placeholder); at >= 0; at = disc.Bytes.AsSpan().IndexOf(placeholder))
            {
                name.CopyTo(disc.Bytes, at);
                disc.Bytes[at + 8 + 1 + 56 + 8] = (byte)script; // the key's name is filled up to an even place; FXInfo is at 56 (2-73)
            }
        }

        return disc;
    }
}
