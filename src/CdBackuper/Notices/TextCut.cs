using System.Globalization;
using System.Text;
using CdBackuper.Notices.Discord;

namespace CdBackuper.Notices;

/// <summary>Cuts plain text between visible characters.</summary>
internal static class TextCut
{
    private const string Ellipsis = "…";

    /// <returns>The text without what would steer a screen; line ends stay.</returns>
    public static string Printable(string text) => DiscordText.Plain(text);

    /// <returns>The text, or its beginning and an ellipsis, of at most <paramref name="limit"/> UTF-16 units.</returns>
    public static string Start(string text, int limit) => DiscordText.Cut(text, limit);

    /// <returns>The text, or as many whole lines of it as have at most <paramref name="limitBytes"/> in UTF-8; the first one is cut where it alone is too long.</returns>
    public static string Lines(string text, int limitBytes)
    {
        var lines = text.Split('\n');
        var (kept, bytes) = (0, 0);
        for (; kept < lines.Length && bytes <= limitBytes; kept++)
        {
            bytes += Encoding.UTF8.GetByteCount(lines[kept]) + 1;
        }

        kept = bytes - 1 > limitBytes ? kept - 1 : kept;
        return kept == lines.Length ? text : kept > 0 ? string.Join('\n', lines.Take(kept)) : Start(lines[0], limitBytes / 3);
    }

    /// <returns>The text, or an ellipsis and its end, where the measure of it is at most the limit: of a path the end says which file it is.</returns>
    /// <param name="text">A name.</param>
    /// <param name="limit">How long the result may be, by the measure.</param>
    /// <param name="measure">How long a text is once it is escaped. A longer text is never shorter.</param>
    public static string End(string text, int limit, Func<string, int> measure)
    {
        if (measure(text) <= limit)
        {
            return text;
        }

        var starts = StringInfo.ParseCombiningCharacters(text);
        var (low, high) = (0, starts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (measure(Ellipsis + text[starts[middle]..]) <= limit)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low < starts.Length ? Ellipsis + text[starts[low]..] : limit >= Ellipsis.Length ? Ellipsis : "";
    }
}
