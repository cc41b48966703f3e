namespace CdBackuper.EndToEnd.Kit;

/// <summary>An image made by a public tool, and what its files should be after the rescue.</summary>
internal sealed class DiscImage
{
    private readonly Lazy<IReadOnlyDictionary<string, IsoPlace>> places;

    private DiscImage(string path, string sourceFolder)
    {
        Path = path;
        Hashes = FileHashes.Below(sourceFolder);
        places = new(() => IsoPlace.ReadFrom(path));
    }

    public string Path { get; }

    public long Length => new FileInfo(Path).Length;

    /// <summary>The sha256 of every source file, by its path on the disc.</summary>
    public SortedDictionary<string, string> Hashes { get; }

    /// <summary>The UUID that blkid finds in the image.</summary>
    public string Uuid => Tool.Output("blkid", "-p", "-o", "value", "-s", "UUID", Path).Trim();

    /// <summary>Makes an image with genisoimage; its files are kept beside it, in <c>NAME.source</c>.</summary>
    public static DiscImage Make(string path, string label, SourceFiles files, string options = "-R -J")
    {
        var folder = files.WriteTo(path + ".source");
        Tool.Output("genisoimage", ["-quiet", "-V", label, .. options.Fields(' '), "-o", path, folder]);
        return new(path, folder);
    }

    /// <summary>Makes an image with xorriso whose UUID is the given one (YYYYMMDDhhmmsscc).</summary>
    public static DiscImage MakeWithUuid(string path, string label, SourceFiles files, string uuid)
    {
        var folder = files.WriteTo(path + ".source");
        Tool.Output("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-V", label, $"--modification-date={uuid}", "-o", path, folder);
        return new(path, folder);
    }

    /// <returns>Where a file or folder lies, by its path on the disc (Rock Ridge).</returns>
    public IsoPlace this[string path] => places.Value[path];

    /// <summary>The source of a file, by its path on the disc.</summary>
    public string SourceOf(string file) => System.IO.Path.Combine(Path + ".source", file);

    /// <summary>Changes a name in the image to one that no tool would burn. Rock Ridge (RRIP §4.1.4), same length.</summary>
    public DiscImage Rename(string name, string hostile)
    {
        var image = File.ReadAllBytes(Path);
        byte[] entry = [.. "NM"u8, (byte)(name.Length + 5), 1, 0];
        byte[] before = [.. entry, .. System.Text.Encoding.ASCII.GetBytes(name)];
        byte[] after = [.. entry, .. System.Text.Encoding.ASCII.GetBytes(hostile)];
        Assert.Equal(before.Length, after.Length);
        var at = image.AsSpan().IndexOf(before);
        Assert.True(at > 0, $"{name} is not on the disc");
        after.CopyTo(image, at);
        File.WriteAllBytes(Path, image);
        return this;
    }

    /// <returns>The path of a second copy of the same disc.</returns>
    public string CopyTo(string path)
    {
        File.Copy(Path, path);
        return path;
    }
}
