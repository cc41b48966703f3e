using System.Globalization;
using System.Text;

namespace CdBackuper.Notices.Discord;

/// <summary>Makes text of discs and people harmless for Discord, and cuts text where a reader sees a border.</summary>
internal static class DiscordText
{
    private const char Ellipsis = '…';

    /// <summary>What Discord's markdown, mentions and links are made of.</summary>
    private const string Markdown = @"\*_~`|>#-+[]()<:@";

    /// <returns>
    /// The text without what has no place in a line: lone surrogates, controls, invisible characters and those that turn the direction of
    /// what follows. Line ends stay. For footers, names and descriptions, which know no markdown.
    /// </returns>
    public static string Plain(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for a lone surrogate: a mark that something was there is right here.
            if (rune.Value == '\n')
            {
                clean.Append('\n');
            }
            else if (rune.Value is '\r' or '\t')
            {
                clean.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <returns>The plain text so that none of it is markdown, a mention or a link: for content, titles, descriptions, fields.</returns>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in Plain(text))
        {
            if (Markdown.Contains(letter, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
            if (letter == '@')
            {
                // A zero width space: "@everyone" is no mention then wherever it is shown.
                escaped.Append('\u200B');
            }
        }

        return escaped.ToString();
    }

    /// <returns>The text, or its beginning with an ellipsis, at most <paramref name="limit"/> UTF-16 units; no visible character is cut.</returns>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        if (limit <= 0)
        {
            return "";
        }

        var end = 0;
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            if (end + length > limit - 1)
            {
                break;
            }

            end += length;
        }

        // An escape that lost what it escapes would escape the ellipsis, or what a caller puts behind it.
        var slashes = 0;
        while (slashes < end && text[end - 1 - slashes] == '\\')
        {
            slashes++;
        }

        return text[..(end - (slashes % 2))] + Ellipsis;
    }

    /// <summary>Whole lines as far as they fit, so that a limit never cuts a fact in the middle.</summary>
    /// <param name="lines">What is told, the most important first.</param>
    /// <param name="limit">How long all may be together, in UTF-16 units.</param>
    /// <param name="rest">The last line where some were left out, from their number.</param>
    public static string Lines(IReadOnlyList<string> lines, int limit, Func<int, string> rest)
    {
        var all = string.Join('\n', lines);
        for (var kept = lines.Count; all.Length > limit && kept > 0; kept--)
        {
            all = string.Join('\n', lines.Take(kept - 1).Append(rest(lines.Count - kept + 1)));
        }

        return Cut(all, limit);
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
