using System.Security.Cryptography;
using CdBackuper.Tests.Museum;

namespace CdBackuper.Fuzz;

/// <summary>Writes what a fuzzer begins with: images made here, the museum's, and the corpus's where there is one.</summary>
internal static class Seeds
{
    private const int MostSeeds = 200;

    public static int Write(HostileFormat format, string target, string? corpus)
    {
        Directory.CreateDirectory(target);
        var count = 0;
        foreach (var seed in format.Make().Concat(MuseumTests.Inputs(format.Name)).Concat(OfCorpus(format, corpus)).Take(MostSeeds))
        {
            File.WriteAllBytes(Path.Combine(target, NameOf(seed)), seed);
            count++;
        }

        Console.WriteLine($"{count} seeds");
        return count > 0 ? 0 : 1;
    }

    /// <returns>The same as the script gives to what AFL kept.</returns>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input))[..16];

    private static IEnumerable<byte[]> OfCorpus(HostileFormat format, string? corpus)
    {
        if (corpus is null)
        {
            yield break;
        }

        foreach (var pattern in format.Corpus)
        {
            var folder = Path.Combine(corpus, Path.GetDirectoryName(pattern)!);
            foreach (var path in Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal))
            {
                if (format.Convert(path) is { } seed)
                {
                    yield return seed;
                }
            }
        }
    }
}
