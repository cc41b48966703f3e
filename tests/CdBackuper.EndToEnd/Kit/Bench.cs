namespace CdBackuper.EndToEnd.Kit;

/// <summary>A test's own place: a folder for discs, an archive in it, and the program for any node. Gone afterwards.</summary>
internal sealed class Bench : IDisposable
{
    public TempFolder Folder { get; } = new();

    public string Archive => Folder["archive"];

    /// <summary>The disc folders of the archive; the archive's own files and hidden folders are none.</summary>
    public IReadOnlyList<DiscFolder> Discs => !Directory.Exists(Archive) ? [] : [.. Directory.EnumerateDirectories(Archive)
        .Where(path => !Path.GetFileName(path).StartsWith('.'))
        .Order(StringComparer.Ordinal)
        .Select(path => new DiscFolder(path))];

    public DiscFolder OnlyDisc => Assert.Single(Discs);

    public Backuper Node(string name = "node-a") => new(Folder, Archive, name);

    public DiscImage Photographs(int seed, string label = "PHOTOS", string name = "disc.iso") =>
        DiscImage.Make(Folder[name], label, SourceFiles.Photographs(seed));

    public void Dispose() => Folder.Dispose();
}
