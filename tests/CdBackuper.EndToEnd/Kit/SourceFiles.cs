namespace CdBackuper.EndToEnd.Kit;

/// <summary>What a test burns on a disc: paths, and random content that a seed makes the same at every run.</summary>
internal sealed class SourceFiles(int seed)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    /// <summary>When every source file was last changed, to see that times are kept.</summary>
    public static DateTimeOffset Modified { get; } = new(2003, 7, 12, 9, 30, 20, TimeSpan.Zero);

    public SourceFiles Add(string path, int length)
    {
        var content = new byte[length];
        random.NextBytes(content);
        return Add(path, content);
    }

    public SourceFiles Add(string path, byte[] content)
    {
        contents[path] = content;
        return this;
    }

    public SourceFiles Add(IEnumerable<string> paths, int length)
    {
        foreach (var path in paths)
        {
            // No two lengths alike, and hardly one a whole number of sectors.
            Add(path, length + random.Next(1, 3000));
        }

        return this;
    }

    public SourceFiles Link(string path, string target)
    {
        links[path] = target;
        return this;
    }

    /// <summary>A dozen photographs in two folders and a text: the usual disc, some 3 MB.</summary>
    public static SourceFiles Photographs(int seed) => new SourceFiles(seed)
        .Add(Enumerable.Range(1, 6).Select(number => $"DCIM/IMG_{number:D4}.JPG"), 200_000)
        .Add(Enumerable.Range(1, 6).Select(number => $"holiday/Ete a la mer {number:D4}.jpg"), 250_000)
        .Add("readme.txt", 1234)
        .Add("empty.txt", 0);

    public string WriteTo(string folder)
    {
        foreach (var (path, content) in contents)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
            File.SetLastWriteTimeUtc(file, Modified.UtcDateTime);
        }

        foreach (var (path, target) in links)
        {
            File.CreateSymbolicLink(Path.Combine(folder, path), target);
        }

        return folder;
    }
}
