using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Museum;

/// <summary>What must be true of the paths of any volume's entries: safe to make, and each its own.</summary>
internal static class SoundPaths
{
    private const int MostComponentBytes = 255;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Check(IReadOnlyList<FileEntry> entries)
    {
        var paths = EntryPaths.Assign(entries);
        if (paths.Count != entries.Count)
        {
            throw new UnsoundException($"{entries.Count} entries have {paths.Count} paths");
        }

        var seen = new HashSet<string>(paths.Count, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!seen.Add(path))
            {
                throw new UnsoundException($"two entries have the path '{path}'");
            }

            if (!IsSafe(path))
            {
                throw new UnsoundException($"the path '{path}' is not safe");
            }
        }
    }

    private static bool IsSafe(string path)
    {
        try
        {
            return Strict.GetByteCount(path) <= EntryPaths.MaxPathBytes
                && !path.Any(char.IsControl)
                && path.Split('/').All(part => part is not ("" or "." or "..") && Strict.GetByteCount(part) <= MostComponentBytes);
        }
        catch (EncoderFallbackException)
        {
            return false; // half a surrogate pair
        }
    }
}
