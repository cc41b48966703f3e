using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Names of Rock Ridge and plain volumes, in encodings that no standard names.</summary>
public sealed class NameEncodingTests
{
    public static TheoryData<string, int, string[]> Volumes => new()
    {
        { "utf-8", 65001, ["Été.txt", "日本語.txt", "plain.txt"] },
        { "shift_jis", 932, ["日本語のファイル.txt", "写真", "カタカナ.doc", "plain.txt"] },
        { "shift_jis", 932, ["夏休み.jpg", "ﾊﾝｶｸ.txt"] },
        { "ibm850", 850, ["Größe.txt", "Übung 3", "café.doc", "château", "Ærø.txt"] },
        { "ibm850", 850, ["für.txt"] },
        { "ibm850", 850, ["naïve.txt", "año nuevo", "plain.txt"] },
        { "windows-1252", 1252, ["Größe.txt", "Übung 3", "café.doc", "château", "don’t – ever.txt"] },
        { "windows-1252", 1252, ["für.txt"] },
        { "windows-1252", 1252, ["Été à la mer", "prénom.txt", "naïve"] },
        { "windows-1252", 1252, ["Preis 5 €.txt", "“quoted” name.txt", "end….txt"] },
        { "windows-1252", 1252, ["Æble.txt", "Ångström", "smörgåsbord", "España.txt"] },
    };

    [Theory]
    [MemberData(nameof(Volumes))]
    public void The_encoding_of_a_volume_is_found_by_its_names(string encoding, int page, string[] names)
    {
        using var source = new RawFolder(page, names);
        var volume = MadeDisc.Make(source.Folder, "-R", "-input-charset", "iso8859-1").Read();

        Assert.Equal(names.Order(StringComparer.Ordinal), volume.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(encoding == "utf-8" ? null : encoding, volume.Identifiers.GetValueOrDefault("name encoding"));
        Assert.All(volume.Entries, entry => Assert.Equal(Page(page).GetBytes(entry.Name), entry.RawName.ToArray()));
    }

    [Fact]
    public void Names_that_are_UTF_8_stay_so_where_others_are_not()
    {
        using var source = new RawFolder(932, ["写真のフォルダ", "夏休み"]);
        source.Shell(65001, "printf x > 'naïve – 日本.txt'");
        var names = MadeDisc.Make(source.Folder, "-R", "-input-charset", "iso8859-1").Read().Entries.Select(entry => entry.Name);

        Assert.Equal(["naïve – 日本.txt", "写真のフォルダ", "夏休み"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void On_a_disc_of_several_writers_each_name_that_is_clear_is_read_by_itself()
    {
        using var source = new RawFolder(1252, ["café.txt", "ÿþ€raw"]);
        source.Shell(932, "printf x > 'テスト.'");
        source.Shell(65001, "printf x > 'utf8-é.txt'");
        var names = MadeDisc.Make(source.Folder, "-R", "-input-charset", "iso8859-1").Read().Entries.Select(entry => entry.Name);

        Assert.Equal(["café.txt", "utf8-é.txt", "ÿþ€raw", "テスト."], names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1251, "Привет.txt")]
    [InlineData(437, "₧ßΣ.txt")]
    public void A_person_may_name_the_encoding(int page, string name)
    {
        using var source = new RawFolder(page, [name]);
        var disc = MadeDisc.Make(source.Folder, "-R", "-input-charset", "iso8859-1");
        var options = new ReadingOptions { NameEncoding = Page(page) };

        Assert.Equal(name, Assert.Single(VolumeReader.Read(disc, options)!.Entries).Name);
        Assert.NotEqual(name, Assert.Single(disc.Read().Entries).Name);
    }

    [Fact]
    public void Folders_and_links_are_named_anew_with_what_they_hold()
    {
        using var source = new RawFolder(932, ["写真のフォルダ"]);
        source.Shell(932, "mkdir '夏休み' && touch '夏休み/a' && ln -s '夏休み/海辺' link");
        var volume = MadeDisc.Make(source.Folder, "-R", "-input-charset", "iso8859-1").Read();

        Assert.Equal("夏休み/a", volume.PathOf("a"));
        Assert.Equal("夏休み/海辺", volume.Entry("link").LinkTarget);
        Assert.Same(volume.Entry("夏休み"), volume.Entry("a").Parent);
    }

    [Fact]
    public void Plain_names_lose_their_version_and_the_volumes_name_follows_them()
    {
        var disc = MadeDisc.Make();
        Page(850).GetBytes("NÖTES.TXT;1").CopyTo(disc.Bytes, disc.RecordOf("NOTES.TXT;1") + 33);
        Page(850).GetBytes("Ä").CopyTo(disc.Bytes, (16 * 2048) + 40);
        var volume = disc.Read();

        Assert.Equal(5, volume.Entry("NÖTES.TXT").Size);
        Assert.StartsWith("Ä", volume.VolumeName, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_names_do_not_tell_the_volumes_own_words_do()
    {
        var disc = MadeDisc.Make("-J", "-V", "x");
        Page(932).GetBytes("出版社の名前").CopyTo(disc.Bytes, (16 * 2048) + 318);

        Assert.Equal("出版社の名前", disc.Read().Identifiers["publisher"]);
    }

    [Fact]
    public void Joliet_names_with_their_bytes_the_wrong_way_round_are_turned()
    {
        var disc = MadeDisc.Make("-J");
        var pending = new Queue<int>([(int)disc.RootOf(17)]);
        while (pending.TryDequeue(out var sector))
        {
            for (var record = sector * 2048; disc.Bytes[record] > 0; record += disc.Bytes[record])
            {
                var name = disc.Bytes.AsSpan(record + 33, disc.Bytes[record + 32]);
                for (var index = 0; index + 1 < name.Length; index += 2)
                {
                    (name[index], name[index + 1]) = (name[index + 1], name[index]);
                }

                if (name.Length > 1 && (disc.Bytes[record + 25] & 2) != 0)
                {
                    pending.Enqueue(BitConverter.ToInt32(disc.Bytes, record + 2));
                }
            }
        }

        var volume = disc.Read();
        Assert.Equal("holiday/Sommer 2003/bild eins.jpg", volume.PathOf("bild eins.jpg"));
        Assert.Equal(5, volume.Entry("notes.txt").Size);
        Assert.Single(volume.Damages, damage => damage.Id == DamageIds.JolietNameInvalid);
    }

    [Theory]
    [InlineData("ends with dots...")]
    [InlineData("a name of more than sixty-four characters, as many writers allow, though Joliet does not.txt")]
    public void Joliet_names_that_exceed_the_standard_are_kept(string name)
    {
        using var source = new TempFolder().With(name, "x");
        Tool.Require("xorriso");
        using var target = new TempFolder();
        Tool.Run("xorriso", "-as", "mkisofs", "-quiet", "-J", "-joliet-long", "-input-charset", "utf-8", "-o", target["x.iso"], source.Path);
        var disc = new ScratchedDisc(File.ReadAllBytes(target["x.iso"]));
        Assert.Equal(name, Assert.Single(disc.Without(16).Read().Entries).Name);
    }

    [Fact]
    public void Joliet_names_may_hold_surrogate_pairs()
    {
        using var source = new TempFolder().With("smile XX.txt", "x");
        var disc = MadeDisc.Make(source, "-J");
        var at = disc.Bytes.AsSpan().IndexOf(Encoding.BigEndianUnicode.GetBytes("XX"));
        Encoding.BigEndianUnicode.GetBytes("😀").CopyTo(disc.Bytes, at);
        Assert.Equal("smile 😀.txt", Assert.Single(disc.Read().Entries).Name);
        Assert.Empty(disc.Read().Damages);
    }

    private static Encoding Page(int page) =>
        page == 65001 ? new UTF8Encoding(false) : CodePagesEncodingProvider.Instance.GetEncoding(page)!;

    /// <summary>Files whose names have the bytes of a code page: only a shell can make them, and take them away.</summary>
    private sealed class RawFolder : IDisposable
    {
        public RawFolder(int page, string[] names)
        {
            foreach (var name in names)
            {
                Shell(page, $"printf x > '{name}'");
            }
        }

        public TempFolder Folder { get; } = new();

        public void Shell(int page, string command)
        {
            using var script = new TempFolder();
            File.WriteAllBytes(script["script"], Page(page).GetBytes($"cd '{Folder.Path}' && {command}"));
            Tool.Run("bash", script["script"]);
        }

        public void Dispose()
        {
            Shell(65001, "rm -rf -- *");
            Folder.Dispose();
        }
    }
}
