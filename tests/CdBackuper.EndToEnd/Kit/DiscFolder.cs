using System.Text.Json.Nodes;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>A disc's folder in the archive, read as a stranger with public tools would read it.</summary>
internal sealed class DiscFolder(string path)
{
    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path);

    public string this[string name] => System.IO.Path.Combine(path, name);

    public JsonNode Status => JsonNode.Parse(File.ReadAllText(this["status.json"]))!;

    public SortedDictionary<string, string> Hashes => FileHashes.Below(this["files"]);

    public IReadOnlyList<string> Attempts => Matching("attempts/*.json");

    public bool HasImage => File.Exists(this["disc.iso"]);

    /// <returns>Names below the folder that match a pattern of the shell, in order.</returns>
    public IReadOnlyList<string> Matching(string pattern)
    {
        var folder = System.IO.Path.GetDirectoryName(this[pattern])!;
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFileSystemEntries(folder, System.IO.Path.GetFileName(pattern))
            .Select(file => System.IO.Path.GetRelativePath(path, file))
            .Order(StringComparer.Ordinal)];
    }

    /// <returns>Inode and time of every file: what is the same afterwards was not touched.</returns>
    public SortedDictionary<string, string> Inodes() =>
        new(Tool.Output("find", this["files"], "-type", "f", "-printf", "%P\t%i %T@ %s\n")
            .Fields('\n').ToDictionary(line => line.Split('\t')[0], line => line.Split('\t')[1]), StringComparer.Ordinal);

    /// <summary>Every file is there with the source's content, no other, and the manifest agrees.</summary>
    public void MustHoldAllOf(DiscImage disc)
    {
        Assert.Equal(disc.Hashes, Hashes);
        ManifestMustHold();
    }

    /// <summary><c>sha256sum -c</c> passes in the disc's folder, and the manifest names every file once, and the image where it is kept.</summary>
    public void ManifestMustHold()
    {
        Tool.Script("cd \"$1\" && sha256sum --check --strict --quiet manifest-sha256.txt", path);
        var named = File.ReadAllLines(this["manifest-sha256.txt"]).Count(line => line.Length > 0 && line[0] != '#');
        Assert.Equal(Hashes.Count + (HasImage && Status.Text("condition") == "whole" ? 1 : 0), named);
    }

    /// <summary>A damaged copy is as long as the file was, zero where it is lost and equal everywhere else.</summary>
    public void MustBeZeroOnlyIn(string file, string original, IReadOnlyList<(long Start, long Length)> lost)
    {
        var expected = File.ReadAllBytes(original);
        foreach (var (start, length) in lost)
        {
            expected.AsSpan((int)start, (int)length).Clear();
        }

        var copy = File.ReadAllBytes(this["files/" + file]);
        Assert.True(expected.AsSpan().SequenceEqual(copy), $"{file} differs at byte {expected.AsSpan().CommonPrefixLength(copy)}");
    }
}
