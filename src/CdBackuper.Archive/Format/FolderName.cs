using System.Globalization;
using System.Text;

namespace CdBackuper.Archive.Format;

/// <summary>The name of a disc's folder: <c>{UUID}_{LABEL}</c>, or <c>{TIMESTAMP}_{LABEL}</c> without a UUID.</summary>
public static class FolderName
{
    /// <summary>The longest LABEL part, in characters. A volume name of ISO 9660 has 32, one of UDF up to 126.</summary>
    private const int MaxLabelLength = 64;

    /// <summary>Names that burning programs give when nobody chose one; they say nothing.</summary>
    private static readonly HashSet<string> GenericLabels = new(StringComparer.OrdinalIgnoreCase)
    {
        "NEW", "My_Disc", "My_Disk", "unknown", "CDROM", "CD_ROM", "Untitled", "New_Disc", "no_label",
    };

    private static readonly Dictionary<char, string> Letters = BuildLetters();

    /// <param name="uuid">As blkid says it; null for none.</param>
    /// <param name="volumeName">What the volume calls itself; null for none.</param>
    /// <param name="now">The moment that names a disc without UUID.</param>
    public static string For(string? uuid, string? volumeName, DateTimeOffset now)
    {
        var stem = Reduce(uuid) is { Length: > 0 } identifier
            ? identifier
            : now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var label = Reduce(volumeName);
        return label.Length == 0 || GenericLabels.Contains(label) ? stem : $"{stem}_{label}";
    }

    /// <returns>The text with everything but ASCII letters, digits, '.', '-' and '_' replaced; empty where nothing is left.</returns>
    public static string Reduce(string? text)
    {
        var reduced = new StringBuilder();
        foreach (var letter in text ?? "")
        {
            var piece = char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter.ToString()
                : Letters.GetValueOrDefault(letter, "_");
            if (piece != "_" || (reduced.Length > 0 && reduced[^1] != '_'))
            {
                reduced.Append(piece);
            }
        }

        var trimmed = reduced.ToString().Trim('_', '.');
        return trimmed.Length <= MaxLabelLength ? trimmed : trimmed[..MaxLabelLength].TrimEnd('_', '.');
    }

    /// <summary>
    /// Latin letters with marks and the letters they are written with where marks are not to be had. By hand, because
    /// .NET without ICU (which a machine with only the SDK does not have) decomposes nothing.
    /// </summary>
    private static Dictionary<char, string> BuildLetters()
    {
        (string Plain, string Marked)[] rows =
        [
            ("A", "ÀÁÂÃÅĀĂĄ"), ("a", "àáâãåāăą"), ("Ae", "ÄÆ"), ("ae", "äæ"), ("C", "ÇĆĈĊČ"), ("c", "çćĉċč"),
            ("D", "ĎĐÐ"), ("d", "ďđð"), ("E", "ÈÉÊËĒĔĖĘĚ"), ("e", "èéêëēĕėęě"), ("G", "ĜĞĠĢ"), ("g", "ĝğġģ"),
            ("H", "ĤĦ"), ("h", "ĥħ"), ("I", "ÌÍÎÏĨĪĬĮİ"), ("i", "ìíîïĩīĭįı"), ("J", "Ĵ"), ("j", "ĵ"), ("K", "Ķ"),
            ("k", "ķĸ"), ("L", "ĹĻĽĿŁ"), ("l", "ĺļľŀł"), ("N", "ÑŃŅŇŊ"), ("n", "ñńņňŉŋ"), ("O", "ÒÓÔÕŌŎŐ"),
            ("o", "òóôõōŏő"), ("Oe", "ÖØŒ"), ("oe", "öøœ"), ("R", "ŔŖŘ"), ("r", "ŕŗř"), ("S", "ŚŜŞŠȘ"),
            ("s", "śŝşšș"), ("ss", "ß"), ("T", "ŢŤŦȚ"), ("t", "ţťŧț"), ("Th", "Þ"), ("th", "þ"), ("U", "ÙÚÛŨŪŬŮŰŲ"),
            ("u", "ùúûũūŭůűų"), ("Ue", "Ü"), ("ue", "ü"), ("W", "Ŵ"), ("w", "ŵ"), ("Y", "ÝŶŸ"), ("y", "ýÿŷ"),
            ("Z", "ŹŻŽ"), ("z", "źżž"),
        ];
        return rows.SelectMany(row => row.Marked.Select(letter => (letter, row.Plain)))
            .ToDictionary(pair => pair.letter, pair => pair.Plain);
    }
}
