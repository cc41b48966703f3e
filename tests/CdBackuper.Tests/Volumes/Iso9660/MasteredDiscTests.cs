using System.Globalization;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Discs made by public tools, our listing and content against bsdtar's.</summary>
public sealed class MasteredDiscTests
{
    public static TheoryData<string, string> Masters => new()
    {
        { "genisoimage", "-quiet -R" },
        { "genisoimage", "-quiet -R -J -joliet-long" },
        { "genisoimage", "-quiet -J -joliet-long" },
        { "genisoimage", "-quiet -iso-level 1" },
        { "genisoimage", "-quiet -iso-level 3 -D" },
        { "xorriso", "-as mkisofs -quiet -R" },
        { "xorriso", "-as mkisofs -quiet -J -joliet-long" },
    };

    [Theory]
    [MemberData(nameof(Masters))]
    public void A_listing_and_every_content_agree_with_bsdtars(string tool, string options)
    {
        Tool.Require(tool, "bsdtar");
        using var source = Tree();
        using var target = new TempFolder();
        var image = target["disc.iso"];
        Tool.Run(tool, [.. options.Split(' '), "-o", image, source.Path]);

        // xorriso writes Rock Ridge unasked; bsdtar prefers Joliet to it unless told not to
        using var file = new ImageFile(image);
        var volume = VolumeReader.Read(file)!;
        var reader = volume.Format.Contains("Rock Ridge", StringComparison.Ordinal) ? "iso9660:!joliet" : "iso9660:!rockridge";
        var folder = Directory.CreateDirectory(target["unpacked"]).FullName;
        Tool.Run("bsdtar", "-x", "-f", image, "-C", folder, "--options", reader);

        Assert.Equal(Theirs(folder), Ours(volume, file));
        Assert.Empty(volume.Damages);
        Tool.Run("chmod", "-R", "u+w", folder);
    }

    private static TempFolder Tree()
    {
        var deep = string.Join('/', Enumerable.Range(1, 12).Select(level => $"level{level.ToString(CultureInfo.InvariantCulture)}"));
        var folder = new TempFolder()
            .With("readme.txt", "hello")
            .With("empty", "")
            .With("photos/Été 2003/IMG_0001.JPG", new string('x', 5000))
            .With("photos/big.bin", new string('y', 3_000_000), DateTimeOffset.FromUnixTimeSeconds(1_050_000_000))
            .With($"{deep}/bottom.txt", "deep");
        File.CreateSymbolicLink(folder["link"], "photos/../readme.txt");
        File.CreateSymbolicLink(folder["absolute"], "/etc/passwd");
        return folder;
    }

    private static List<string> Theirs(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(info => Line(
                Path.GetRelativePath(folder, info.FullName),
                info.LinkTarget ?? (info is FileInfo file ? Hash(file) : "folder"),
                new DateTimeOffset(info.LastWriteTimeUtc)))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Ours(IVolume volume, ImageFile file) =>
    [
        .. volume.Entries.Zip(EntryPaths.Assign(volume.Entries), (entry, path) => Line(
                path,
                entry.LinkTarget ?? (entry.Kind == EntryKind.File ? file.Hash(entry)! : "folder"),
                entry.Modified!.Value))
            .Order(StringComparer.Ordinal),
    ];

    // a link's and a folder's time depend on who made it last: bsdtar on this machine
    private static string Line(string path, string content, DateTimeOffset time) =>
        $"{path} {content} {(content.Length == 64 ? time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : "")}";

    private static string Hash(FileInfo file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
