using System.Buffers;

namespace CdBackuper.Archive.Format;

/// <summary>manifest-sha256.txt: what <c>sha256sum -c</c> reads in the disc's folder (coreutils manual, "sha2 utilities").</summary>
public static class Manifest
{
    private const int HashDigits = 64;

    /// <summary>Behind the hash and two characters: a blank, and another one or a star.</summary>
    private const int PathColumn = HashDigits + 2;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <param name="hash">In lower-case hexadecimal.</param>
    /// <param name="path">Relative to the disc's folder.</param>
    /// <returns>One line, without its end.</returns>
    public static string Line(string hash, string path)
    {
        ArgumentNullException.ThrowIfNull(path);

        // A backslash before the hash says that the name is escaped: names hold line ends on some discs.
        var escaped = path.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        return $"{(escaped.Length == path.Length ? "" : "\\")}{hash}  {escaped}";
    }

    /// <param name="text">Lines of <see cref="Line"/>, or what became of them.</param>
    /// <returns>Its lines, without comments; null where one is no line of a manifest, or the last one was cut off.</returns>
    public static IReadOnlyList<string>? TrySplit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n'))
        {
            return null;
        }

        string[] lines = [.. text[..^1].Split('\n').Where(line => !line.StartsWith('#'))];
        return lines.All(IsLine) ? lines : null;
    }

    /// <returns>The hash that a manifest's lines give a file whose name needs no escape; null for none.</returns>
    public static string? HashOf(string path, IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.AsSpan(Math.Min(PathColumn, line.Length)).SequenceEqual(path))?[..HashDigits];

    private static bool IsLine(string line)
    {
        var rest = line.AsSpan(line.StartsWith('\\') ? 1 : 0);
        return rest.Length > PathColumn && !rest[..HashDigits].ContainsAnyExcept(HexDigits) && rest[HashDigits..PathColumn] is "  " or " *";
    }
}
