namespace CdBackuper.Tests.Tidy;

/// <summary>The repository's own files, found by walking up from the test to the solution file.</summary>
internal static class SourceTree
{
    private static readonly string[] Folders = ["src", "tests", "bench", "docs", "deploy", "scripts", ".ci"];
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".slnx", ".sh", ".md", ".json", ".yaml", ".yml", ".txt", ".service", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>C# files of the program, without the tests.</summary>
    public static IReadOnlyList<SourceFile> Program { get; } =
        [.. Below("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(Open)];

    public static IEnumerable<string> Projects => Below("src").Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>Everything that people write here: code, scripts, pages.</summary>
    public static IEnumerable<SourceFile> AllText => Directory.EnumerateFiles(Root)
        .Concat(Folders.SelectMany(Below))
        .Where(path => TextEndings.Contains(Path.GetExtension(path), StringComparer.Ordinal))
        .Select(Open);

    private static SourceFile Open(string path) => new(Path.GetRelativePath(Root, path), File.ReadAllText(path));

    private static IEnumerable<string> Below(string folder)
    {
        var path = Path.Combine(Root, folder);
        return !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CdBackuper.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CdBackuper.slnx is in no folder above the tests.");
    }
}
