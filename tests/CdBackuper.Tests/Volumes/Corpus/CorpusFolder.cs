using System.Globalization;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>
/// The corpus of disc images, unpacked once for all tests; it lies beside the repository and may be absent.
/// </summary>
internal static class CorpusFolder
{
    private static readonly Lazy<string?> Unpacked = new(Unpack);

    /// <summary>The folder <c>images</c>; null where there is no corpus.</summary>
    public static string? Images => Unpacked.Value;

    public static IEnumerable<string> Find(string folder, params string[] patterns) => Images is null
        ? []
        : patterns
            .SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Images, folder), pattern, SearchOption.AllDirectories))
            .Where(path => !path.Contains(".expect/", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Images, path))
            .Order(StringComparer.Ordinal);

    private static string? Unpack()
    {
        var archive = Path.Combine(Shared(), "corpus", "corpus-dev.tar.zst");
        if (!File.Exists(archive) || !Tool.Exists("tar") || !Tool.Exists("zstd"))
        {
            return null;
        }

        var stamp = File.GetLastWriteTimeUtc(archive).Ticks.ToString(CultureInfo.InvariantCulture);
        var cache = Path.Combine(Path.GetTempPath(), $"cdbackuper-corpus-{Environment.UserName}-{stamp}");
        if (!Directory.Exists(cache))
        {
            // Unpacked aside and renamed, so that two test runs at once, or one cut short, leave no half a corpus.
            var aside = Directory.CreateTempSubdirectory("cdbackuper-corpus-").FullName;
            Tool.Run("tar", "--zstd", "-xSf", archive, "-C", aside);
            try
            {
                Directory.Move(aside, cache);
            }
            catch (IOException) when (Directory.Exists(cache))
            {
                Directory.Delete(aside, recursive: true); // another run was faster
            }
        }

        return Path.Combine(cache, "images");
    }

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("CDBACKUPER_SHARED") is { Length: > 0 } set)
        {
            return set;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CdBackuper.slnx")))
        {
            root = root.Parent;
        }

        return Path.GetFullPath(Path.Combine(root?.FullName ?? "/", "..", "shared"));
    }
}
