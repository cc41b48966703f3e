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

        File.WriteAllText(folder["manifest"], Manifest.Print(Names.Select(name => (HashOf(folder["files/" + name]), "files/" + name))));

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
        File.WriteAllText(folder["manifest"], Manifest.Print([(HashOf(folder["files/" + name]), "files/" + name)]));
        folder.With("files/" + name, "after!");
        Assert.Contains("1", Tool.Run("sh", "-c", "cd \"$1\"; sha256sum --strict --status -c manifest; echo $?", "sh", folder.Path), StringComparison.Ordinal);
    }

    private static string Check(TempFolder folder) =>
        Tool.Run("sh", "-c", "cd \"$1\" && sha256sum --strict -c manifest", "sh", folder.Path);

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
