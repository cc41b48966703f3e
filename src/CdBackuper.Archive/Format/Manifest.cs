using System.Text;

namespace CdBackuper.Archive.Format;

/// <summary>manifest-sha256.txt: what <c>sha256sum -c</c> reads in the disc's folder (coreutils manual, "sha2 utilities").</summary>
public static class Manifest
{
    /// <param name="lines">Hash in lower-case hexadecimal, and path relative to the disc's folder.</param>
    public static string Print(IEnumerable<(string Sha256, string Path)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        foreach (var (hash, path) in lines)
        {
            // A backslash before the hash says that the name is escaped: names hold line ends on some discs.
            var escaped = path.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal);
            text.Append(escaped.Length == path.Length ? "" : "\\").Append(hash).Append("  ").Append(escaped).Append('\n');
        }

        return text.ToString();
    }
}
