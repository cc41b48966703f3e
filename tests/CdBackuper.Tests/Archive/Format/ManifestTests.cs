using System.Security.Cryptography;
using CdBackuper.Archive.Format;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Archive.Format;

public sealed class ManifestTests
{
    private static readonly string[] Names =
    [
        "plain", "two  words", " leading", "trailing ", "back\\slash", "\\", "line\nend", "carriage\rreturn", "\r", "*star",
        "tab\there", "-c", "#comment", "é", "日本.jpg", "\\n", "quote\"'`$x",
    ];

    [Fact]
    public void The_real_sha256sum_finds_every_file_right_whatever_its_name()
    {
        Tool.Require("sha256sum", "sh");
        using var folder = new TempFolder();
        foreach (var name in Names)
        {
            folder.With("files/" + name, $"content of {name}");
        }

        File.WriteAllLines(folder["manifest"], Names.Select(name => Manifest.Line(HashOf(folder["files/" + name]), "files/" + name)));

        Assert.Equal(Names.Length, Check(folder).Count(letter => letter == '\n'));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("line\nend")]
    [InlineData("trailing ")]
    [InlineData("back\\slash")]
    public void The_real_sha256sum_finds_a_changed_file_wrong(string name)
    {
        Tool.Require("sha256sum", "sh");
        using var folder = new TempFolder().With("files/" + name, "before");
        File.WriteAllLines(folder["manifest"], [Manifest.Line(HashOf(folder["files/" + name]), "files/" + name)]);
        folder.With("files/" + name, "after!");
        Assert.Contains("1", Tool.Run("sh", "-c", "cd \"$1\"; sha256sum --strict --status -c manifest; echo $?", "sh", folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_printed_is_split_into_its_lines_again()
    {
        var lines = Names.Select((name, index) => Manifest.Line(new string((char)('a' + (index % 6)), 64), name)).ToArray();
        Assert.Equal(lines, Manifest.TrySplit($"# comment\n{string.Join('\n', lines)}\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("Dear aunt, this is no manifest.\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123  files/a\n01234567890123456789\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123  files/a\n0123456789012345678901234567890123456789012345678901234567890123  fil")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123  \n")]
    [InlineData("\0\0\0\0")]
    public void What_is_no_manifest_or_was_cut_off_has_no_lines(string text) => Assert.Null(Manifest.TrySplit(text));

    [Fact]
    public void A_hash_is_found_by_its_name()
    {
        string[] lines = [$"{new string('a', 64)}  files/disc.iso", $"{new string('b', 64)} *disc.iso"];
        Assert.Equal(new string('b', 64), Manifest.HashOf("disc.iso", lines));
        Assert.Null(Manifest.HashOf("disc.form2", lines));
    }

    private static string Check(TempFolder folder) =>
        Tool.Run("sh", "-c", "cd \"$1\" && sha256sum --strict -c manifest", "sh", folder.Path);

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
