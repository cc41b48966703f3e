using System.Text;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// The character set of a name of HFS, which the volume does not name: the one that the reader was told; else that of the script that the
/// Finder noted for the name (Inside Macintosh: Macintosh Toolbox Essentials, 7-49, fdScript); else Japanese where the volume's names can be
/// nothing else; else Mac OS Roman. docs/decisions/0006 has the reasons.
/// </summary>
internal sealed class MacNames
{
    private const int Japanese = 1;
    private const int Sampled = 4000;

    /// <summary>Macintosh code pages by the script codes (Inside Macintosh: Text, 6-52).</summary>
    private static readonly Dictionary<int, int> Pages = new()
    {
        [Japanese] = 10001,
        [2] = 10002,
        [3] = 10003,
        [4] = 10004,
        [5] = 10005,
        [6] = 10006,
        [7] = 10007,
        [21] = 10021,
        [25] = 10008,
        [29] = 10029,
    };

    private readonly Encoding? told;
    private readonly Encoding? guessed;
    private readonly Dictionary<int, Encoding?> scripts = [];

    /// <param name="told">What the caller knows; null where it knows nothing.</param>
    /// <param name="items">The volume's files and folders.</param>
    public MacNames(Encoding? told, IEnumerable<CatalogItem> items)
    {
        this.told = told;
        guessed = told is null && IsJapanese(items) ? Of(Japanese) : null;
    }

    /// <summary>The character set that was found out for names of which nothing tells; null for Mac OS Roman.</summary>
    public string? Guess => guessed?.WebName;

    /// <returns>The name, with ':' for '/'.</returns>
    public string Decode(byte[] name, FinderBytes finder)
    {
        if (told is null && Array.Exists(name, value => value >= 0x80))
        {
            var encoding = finder.Script is { } script ? Of(script) : guessed;
            if (encoding is not null && TryDecode(encoding, name, out var text))
            {
                return MacText.ToPathCharacters(text);
            }
        }

        return MacText.Decode(name, told);
    }

    private Encoding? Of(int script)
    {
        if (!scripts.TryGetValue(script, out var encoding))
        {
            encoding = Pages.TryGetValue(script, out var page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : null;
            scripts.Add(script, encoding);
        }

        return encoding;
    }

    private static bool TryDecode(Encoding encoding, byte[] name, out string text)
    {
        try
        {
            text = encoding.GetString(name);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false; // the note is wrong: the name is none of this script
        }
    }

    /// <summary>
    /// All names must be pairs and half-width katakana, and most pairs of two bytes beyond ASCII. In Mac OS Roman É and è are first halves of such a
    /// pair, and what follows them is a letter; two accents side by side are rare, and never make up the most.
    /// </summary>
    private static bool IsJapanese(IEnumerable<CatalogItem> items)
    {
        var (pairs, high) = (0, 0);
        foreach (var name in items.Where(item => item.Finder.Script is null).Select(item => item.RawName).Where(name => Array.Exists(name, value => value >= 0x80)).Take(Sampled))
        {
            for (var index = 0; index < name.Length; index++)
            {
                if (name[index] is < 0x80 or (> 0xA0 and < 0xE0))
                {
                    continue;
                }

                if (name[index] is 0x80 or 0xA0 or 0x85 or 0x86 or > 0xEA || ++index == name.Length || name[index] is < 0x40 or 0x7F or > 0xFC)
                {
                    return false;
                }

                pairs++;
                high += name[index] >= 0x80 ? 1 : 0;
            }
        }

        return high >= 2 && high * 2 > pairs;
    }
}
